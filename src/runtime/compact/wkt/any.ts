import type { AnyType } from "../../codec/any-type.ts";
import type { JsonValue } from "../../codec/json-value.ts";
import { quote } from "../../codec/problem.ts";
import { isA, levels, options, pass, problem } from "../context.ts";
import { compactMessage } from "../message.ts";
import { bytes } from "../scalars/bytes.ts";
import { string } from "../scalars/string.ts";
import type { ValueType } from "../value-type.ts";

/** A `google.protobuf.Any`: a message of any type in the binary format. */
interface Any {
  typeUrl: string;
  value: Uint8Array;
}

function typeOf(typeUrl: unknown): AnyType | undefined {
  if (typeof typeUrl !== "string" || typeUrl === "") {
    return problem('expected the type of the message in "@type"');
  }
  return (
    options.anyTypes?.get(typeUrl.slice(typeUrl.lastIndexOf("/") + 1)) ??
    problem(`the type ${quote(typeUrl)} isn't among the types that an Any may hold here`)
  );
}

/** What others throw is a problem of the value. */
function attempted<R>(run: () => R): R | undefined {
  try {
    return run();
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

function read(json: unknown): Any | undefined {
  pass();
  if (!isA("object", json)) {
    return undefined;
  }
  const { "@type": typeUrl, ...fields } = json;
  if (typeUrl === undefined && Object.keys(fields).length === 0) {
    return { typeUrl: "", value: new Uint8Array() };
  }
  const type = typeOf(typeUrl);
  if (type === undefined) {
    return undefined;
  }
  const inside = type.special && Object.hasOwn(fields, "value") ? fields["value"] : fields;
  const ignoresUnknown = options.unknownFields === "ignore";
  const value = attempted(() => type.read(inside, { ignoresUnknown, levels: levels - 1 }));
  return value && { typeUrl: `type.googleapis.com/${type.typeName}`, value };
}

function write(any: Any): JsonValue | undefined {
  if (!isA("object", any)) {
    return undefined;
  }
  if (any.typeUrl === "") {
    return {};
  }
  const type = typeOf(any.typeUrl);
  const inside =
    type &&
    attempted(() =>
      type.write(any.value, {
        usesProtoNames: options.naming === "proto",
        emitsImplicit: options.alwaysEmitImplicit ?? false,
      }),
    );
  if (type === undefined || inside === undefined) {
    return undefined;
  }
  const isObject = typeof inside === "object" && inside !== null && !Array.isArray(inside);
  return { "@type": any.typeUrl, ...(type.special || !isObject ? { value: inside } : inside) };
}

/** An Any: in JSON the message's, with its type in `@type`. That has to be among the `anyTypes` of the options. */
export const any: ValueType<Any> = /* @__PURE__ */ withJson(
  /* @__PURE__ */ compactMessage<Any>("google.protobuf.Any", "typeUrl value", [string, bytes]),
);

function withJson(codec: ValueType<Any>): ValueType<Any> {
  return Object.assign(codec, { read, write });
}
