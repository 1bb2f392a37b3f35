import type { Moment } from "../violation-collector.ts";

/**
 * A value that says at run time what type of CEL it has, for expressions whose
 * types aren't known before. Integers are bigints, doubles are numbers.
 */
export type Boxed =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Boxed[]
  | BoxedUint
  | BoxedTimestamp
  | BoxedDuration
  | BoxedMap
  | BoxedMessage
  | BoxedAny
  | BoxedType;

export interface BoxedUint {
  readonly kind: "uint";
  readonly value: bigint;
}

export interface BoxedTimestamp extends Moment {
  readonly kind: "timestamp";
}

export interface BoxedDuration extends Moment {
  readonly kind: "duration";
}

export interface BoxedMap {
  readonly kind: "map";
  /** Keys and values, by what `keyOf` makes of the key. */
  readonly entries: ReadonlyMap<string, readonly [Boxed, Boxed]>;
}

export interface BoxedMessage {
  readonly kind: "message";
  readonly typeName: string;
  readonly fields: readonly string[];
  /** Whether a field is set. */
  has(field: string): boolean;
  /** The value of a field, its default if it isn't set; undefined if there is no such field. */
  get(field: string): Boxed | undefined;
  /** Whether a field has wrappers of `float` or `double`, which are just numbers as values. */
  wraps(field: string): boolean;
}

/** A `google.protobuf.Any`, packed. It is equal to one with the same type and bytes. */
export interface BoxedAny {
  readonly kind: "any";
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** A type as a value. */
export interface BoxedType {
  readonly kind: "type";
  readonly name: string;
}

/** The name of a value's type. */
export function typeNameOf(value: Boxed): string {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "double";
    case "string":
      return "string";
    default:
      return value === null ? "null_type" : typeNameOfObject(value);
  }
}

function typeNameOfObject(value: Boxed & object): string {
  if (value instanceof Uint8Array) {
    return "bytes";
  }
  if (isList(value)) {
    return "list";
  }
  switch (value.kind) {
    case "timestamp":
      return "google.protobuf.Timestamp";
    case "duration":
      return "google.protobuf.Duration";
    case "message":
      return value.typeName;
    case "any":
      return "google.protobuf.Any";
    default:
      return value.kind;
  }
}

export function isList(value: Boxed): value is readonly Boxed[] {
  return Array.isArray(value);
}

type BoxedKind = Extract<Boxed, { readonly kind: string }>["kind"];

/** Whether a value is of one of the kinds that carry their name. */
export function isKind<K extends BoxedKind>(
  value: Boxed,
  kind: K,
): value is Extract<Boxed, { readonly kind: K }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

export function boxUint(value: bigint | number): BoxedUint {
  return { kind: "uint", value: BigInt(value) };
}

export function boxTimestamp({ seconds, nanos }: Moment): BoxedTimestamp {
  return { kind: "timestamp", seconds, nanos };
}

export function boxDuration({ seconds, nanos }: Moment): BoxedDuration {
  return { kind: "duration", seconds, nanos };
}

export function boxAny(
  any: { readonly typeUrl: string; readonly value: Uint8Array } | undefined,
): BoxedAny | null {
  return any === undefined ? null : { kind: "any", typeUrl: any.typeUrl, value: any.value };
}

export function boxType(name: string): BoxedType {
  return { kind: "type", name };
}

/** The type of a value, as a value. */
export function typeOf(value: Boxed): BoxedType {
  return boxType(typeNameOf(value));
}

/** What tells keys of maps apart: integers are the same whatever their type. */
export function keyOf(key: Boxed): string | undefined {
  switch (typeof key) {
    case "boolean":
      return `b${key}`;
    case "bigint":
      return `n${key}`;
    case "number":
      return Number.isInteger(key) ? `n${BigInt(key)}` : undefined;
    case "string":
      return `s${key}`;
    default:
      return isKind(key, "uint") ? `n${key.value}` : undefined;
  }
}
