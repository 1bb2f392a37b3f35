import type { JsonInput } from "./json-input.ts";
import type { JsonOutput } from "./json-output.ts";

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

/** Reads a `google.protobuf.NullValue`: null, its name, or a number. */
export function readNullValue(input: JsonInput): 0 | undefined {
  return input.isNull() ? 0 : input.enum(nullValues);
}

/** Writes a `google.protobuf.NullValue`. */
export function writeNullValue(value: number, output: JsonOutput): void {
  if (typeof value === "number") {
    output.json(null);
  } else {
    output.expected("null value", value);
  }
}

const nullValues = /* @__PURE__ */ openEnum<0>("google.protobuf.NullValue", [["NULL_VALUE", 0]]);
