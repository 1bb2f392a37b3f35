import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { ModelProblem } from "./message-model.ts";

/** What protobuf-es prints code for that doesn't compile. */
export function protobufEsProblems(file: DescFile): ModelProblem[] {
  return [...nestedTypes(file)]
    .filter((desc) => desc.kind === "message" || desc.kind === "enum")
    .filter((desc) => isUnprintable(desc))
    .map((desc) => ({
      desc,
      message: `protobuf-es prints invalid code for ${desc.kind === "enum" ? "an" : "a"} ${desc.kind} named "${desc.name}": rename it`,
    }));
}

/** Whether protobuf-es leaves a name as it is that can't be declared in TypeScript. */
export function isUnprintable(desc: DescMessage | DescEnum): boolean {
  return (
    desc.parent === undefined &&
    (typeWords.has(desc.name) || (desc.kind === "enum" && valueWords.has(desc.name)))
  );
}

/** Words that are no names of types. All other reserved words are escaped. */
const typeWords: ReadonlySet<string> = new Set([
  "any",
  "as",
  "await",
  "infer",
  "keyof",
  "never",
  "readonly",
  "symbol",
  "undefined",
  "unique",
  "unknown",
]);

/** Words that are no names of constants. */
const valueWords: ReadonlySet<string> = new Set(["arguments", "eval"]);
