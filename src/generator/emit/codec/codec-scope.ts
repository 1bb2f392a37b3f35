import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol, Printable } from "@bufbuild/protoplugin";
import type { EmitContext } from "../emit-context.ts";
import { qualifiedName } from "../qualified-name.ts";

/** What the functions of a generated codec are for. */
export type CodecFunction = "init" | "read" | "write";

/**
 * How a codec is printed: the file, and names for what its code refers to.
 *
 * Local names in generated code are chosen so that they can't be those of
 * imports and exports, all of which begin with a verb or a plural: `input`,
 * `output`, `message`, `field`, `value`, `number`, `chosen`.
 */
export interface CodecScope {
  readonly f: GeneratedFile;
  readonly model: EmitContext["model"];
  /** Whether a reader leaves a field out. */
  readonly isSkipped: EmitContext["isSkipped"];
  /** A run-time helper. */
  helper(name: string): ImportSymbol;
  /** A helper's type. */
  helperType(name: string): ImportSymbol;
  /** The type of a message or enum. */
  type(desc: DescMessage | DescEnum): ImportSymbol;
  /** A function of a message's codec, wherever that is. */
  codec(kind: CodecFunction, message: DescMessage): Printable;
  /** The table with the values of an enum, wherever that is. */
  values(desc: DescEnum): Printable;
}

/** How messages and enums of the codec that is printed to `f` are named. */
export function createCodecScope(f: GeneratedFile, context: EmitContext): CodecScope {
  const { model, paths, isSkipped } = context;
  const generated = (name: string, desc: DescMessage | DescEnum) =>
    f.import(name, `${paths.actions(desc.file)}.codec.js`);
  return {
    f,
    model,
    isSkipped,
    helper: (name) => f.import(name, "botwire/codec"),
    helperType: (name) => f.import(name, "botwire/codec", true),
    type: (desc) => model.type(f, desc),
    codec: (kind, message) => generated(codecName(kind, message), message),
    values: (desc) => generated(valuesName(desc), desc),
  };
}

/** The name of a function of a message's codec. */
export function codecName(kind: CodecFunction | "params", message: DescMessage): string {
  return `${kind}${qualifiedName(message)}`;
}

/** The name of the table with the values of an enum. */
export function valuesName(desc: DescEnum): string {
  return `values${qualifiedName(desc)}`;
}

/** The name of the table with the fields of a message. */
export function fieldsName(message: DescMessage): string {
  return `fields${qualifiedName(message)}`;
}

/** Both names of a field in JSON: first the JSON name, then the .proto's if it differs. */
export function fieldNames(field: DescField): readonly string[] {
  return field.jsonName === field.name ? [field.name] : [field.jsonName, field.name];
}
