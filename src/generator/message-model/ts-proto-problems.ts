import { type DescEnum, type DescFile, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { Edition } from "@bufbuild/protobuf/wkt";
import type { ModelProblem } from "./message-model.ts";
import { messagesOf } from "./property.ts";
import { isUnprintable } from "./protobuf-es-problems.ts";
import { wellKnownType, wrappedScalar } from "./value-shape.ts";

/** The name of the type that ts-proto prints for a message or enum. */
type TypeName = (desc: DescMessage | DescEnum) => string;

/** What ts-proto handles wrongly, or prints code for that doesn't compile. */
export function tsProtoProblems(file: DescFile, typeName: TypeName): ModelProblem[] {
  return [...syntaxProblems(file), ...invalidCode(file), ...nameProblems(file, typeName)];
}

function syntaxProblems(file: DescFile): ModelProblem[] {
  if (file.edition !== Edition.EDITION_PROTO3) {
    return [
      {
        desc: file,
        message:
          'ts-proto handles only syntax = "proto3" right: change the file, or use the option model=protobuf-es',
      },
    ];
  }
  return messagesOf(file).flatMap((message) =>
    message.fields
      .filter((field) => field.message !== undefined && !isProto3(field.message))
      .map((field) => ({
        desc: field,
        message: `${field.message?.typeName} is not declared with syntax = "proto3", which ts-proto handles wrongly: use the option model=protobuf-es`,
      })),
  );
}

/** What ts-proto prints TypeScript for that doesn't compile. */
function invalidCode(file: DescFile): ModelProblem[] {
  return messagesOf(file).flatMap((message) =>
    message.fields
      .filter(({ oneof, message }) => oneof && message?.typeName === "google.protobuf.FieldMask")
      .map((field) => ({
        desc: field,
        message:
          "ts-proto prints invalid code for a FieldMask in a oneof: move it out, or use the option model=protobuf-es",
      })),
  );
}

function isProto3(message: DescMessage): boolean {
  return (
    message.file.edition === Edition.EDITION_PROTO3 ||
    wellKnownType(message) !== undefined ||
    wrappedScalar(message) !== undefined
  );
}

function nameProblems(file: DescFile, typeName: TypeName): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const owners = new Map<string, DescMessage | DescEnum>();
  const used = usedNames(file);
  for (const desc of nestedTypes(file)) {
    if (desc.kind !== "message" && desc.kind !== "enum") {
      continue;
    }
    const name = typeName(desc);
    const owner = owners.get(name);
    if (reservedWords.has(name) || ownNames.has(name) || used.has(name)) {
      problems.push({
        desc,
        message: `ts-proto prints invalid code for ${desc.kind === "enum" ? "an" : "a"} ${desc.kind} named "${desc.name}": rename it${isUnprintable(desc) ? "" : ", or use the option model=protobuf-es"}`,
      });
    } else if (owner !== undefined) {
      problems.push({
        desc,
        message: `${desc.typeName} and ${owner.typeName} both become the type "${name}": rename one of them, or use the option model=protobuf-es`,
      });
    }
    owners.set(name, desc);
  }
  return problems;
}

/** What can't be declared both as a type and as a constant of a module. */
const reservedWords = words(
  "any arguments as await bigint boolean break case catch class const continue debugger default " +
    "delete do else enum eval export extends false finally for function if implements import in " +
    "infer instanceof interface keyof let never new null number object package private protected " +
    "public readonly return static string super switch symbol this throw true try typeof " +
    "undefined unique unknown var void while with yield",
);

/** What ts-proto declares, or expects to be global, in every file. */
const ownNames = words(
  "BinaryReader BinaryWriter Builtin DeepPartial Exact Exclude I KeysOfUnion MessageFns Partial " +
    "ReadonlyArray Uint8Array globalThis protobufFileName protobufPackage",
);

/** What ts-proto expects to be global because of the fields of a file. */
function usedNames(file: DescFile): ReadonlySet<string> {
  const fields = messagesOf(file).flatMap((message) => message.fields);
  const types = fields.flatMap((field) => [
    field.scalar ?? (field.message && wrappedScalar(field.message)),
    field.fieldKind === "map" ? field.mapKey : undefined,
  ]);
  const long = types.some((type) => type !== undefined && longTypes.has(type));
  const map = fields.some(
    (field) =>
      field.fieldKind === "map" &&
      (longTypes.has(field.mapKey) || field.mapKey === ScalarType.BOOL),
  );
  return new Set([...(long ? ["BigInt"] : []), ...(map ? ["Map"] : [])]);
}

const longTypes: ReadonlySet<ScalarType> = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
]);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
