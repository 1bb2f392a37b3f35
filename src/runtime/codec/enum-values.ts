import type { JsonReader } from "./json-reader.ts";
import type { JsonValue } from "./json-value.ts";
import type { JsonWriter } from "./json-writer.ts";
import { describe } from "./problem.ts";

/** The values of an enum, as generated code lists them. */
export interface EnumValues<E extends number> {
  /** Full name of the enum. */
  readonly typeName: string;
  /** The number of every name, aliases included. */
  readonly numbers: ReadonlyMap<string, E>;
  /** The first name of every number. */
  readonly names: ReadonlyMap<number, string>;
  /** True if numbers that are not listed are valid too. */
  readonly open: boolean;
}

/** An enum that accepts any 32-bit integer: those of proto3. */
export function openEnum<E extends number>(
  typeName: string,
  values: readonly (readonly [string, E])[],
): EnumValues<E> {
  return enumValues(typeName, values, true);
}

/** An enum that accepts only its own values: those of proto2. */
export function closedEnum<E extends number>(
  typeName: string,
  values: readonly (readonly [string, E])[],
): EnumValues<E> {
  return enumValues(typeName, values, false);
}

function enumValues<E extends number>(
  typeName: string,
  values: readonly (readonly [string, E])[],
  open: boolean,
): EnumValues<E> {
  const names = new Map<number, string>();
  for (const [name, number] of values) {
    if (!names.has(number)) {
      names.set(number, name);
    }
  }
  return { typeName, numbers: new Map(values), names, open };
}

/**
 * Reads an enum value: a name, or a number. Returns undefined after a problem,
 * and for an unknown name where unknown fields are ignored.
 */
export function readEnum<E extends number>(
  json: unknown,
  input: JsonReader,
  values: EnumValues<E>,
): E | undefined {
  if (typeof json === "string") {
    const number = values.numbers.get(json);
    if (number === undefined && !input.ignoreUnknown) {
      input.problem(`expected a name of enum ${values.typeName}, got ${describe(json)}`);
    }
    return number;
  }
  if (typeof json === "number" && (json | 0) === json) {
    if (values.open || values.names.has(json)) {
      return json as E;
    }
  }
  input.expected(`a name of enum ${values.typeName}`, json);
  return undefined;
}

/** Writes an enum value: its name, or the number if it has none. */
export function writeEnum<E extends number>(
  value: number,
  output: JsonWriter,
  values: EnumValues<E>,
): JsonValue {
  return typeof value === "number"
    ? (values.names.get(value) ?? value)
    : output.expected(`a number of enum ${values.typeName}`, value);
}

/** Reads a `google.protobuf.NullValue`: null, its name, or a number. */
export function readNullValue(json: unknown, input: JsonReader): 0 | undefined {
  return json === null ? 0 : readEnum(json, input, nullValues);
}

/** Writes a `google.protobuf.NullValue`. */
export function writeNullValue(value: number, output: JsonWriter): JsonValue {
  return typeof value === "number" ? null : output.expected("null value", value);
}

const nullValues = openEnum<0>("google.protobuf.NullValue", [["NULL_VALUE", 0]]);
