import type { JsonInput } from "../../codec/json-input.ts";
import type { JsonOutput } from "../../codec/json-output.ts";
import type { JsonValue } from "../../codec/json-value.ts";
import { attempt } from "../context.ts";
import type { CompactCodec } from "../message.ts";

/** Reads a message from an input of generated functions. Problems go to the input. */
export function bridgeRead<T>(codec: CompactCodec<T>, input: JsonInput): T {
  const { anyTypes, ignoresUnknown, levels } = input;
  input.checkDepth();
  const json = input.value();
  const result = attempt(
    {
      unknownFields: ignoresUnknown ? "ignore" : "refuse",
      maxDepth: levels,
      // The input has its own limit.
      maxProblems: Number.POSITIVE_INFINITY,
      ...(anyTypes && { anyTypes }),
    },
    () => codec.read(json),
  );
  if (result.ok) {
    return result.message;
  }
  for (const { path, message } of result.problems) {
    input.problem(message, stepsOf(path));
  }
  return codec.blank();
}

/** Writes a message to an output of generated functions. Problems go to the output. */
export function bridgeWrite<T>(codec: CompactCodec<T>, message: T, output: JsonOutput): void {
  const { anyTypes, emitsImplicit, usesProtoNames } = output;
  const result = attempt(
    {
      naming: usesProtoNames ? "proto" : "json",
      alwaysEmitImplicit: emitsImplicit,
      maxProblems: Number.POSITIVE_INFINITY,
      ...(anyTypes && { anyTypes }),
    },
    () => codec.write(message),
  );
  if (result.ok) {
    output.json(result.message as JsonValue);
    return;
  }
  for (const { path, message } of result.problems) {
    output.refuse(message, stepsOf(path));
  }
}

/** A path as it goes on from another one. */
function stepsOf(path: string): string {
  return path === "" || path.startsWith("[") ? path : `.${path}`;
}
