import type { DescEnum, DescField, DescFile, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { wktPublicImportPaths } from "@bufbuild/protobuf/codegenv2";

/**
 * Where a value stands. Some libraries keep the same Protobuf type in
 * different forms depending on it: protobuf-es unwraps a `StringValue` in a
 * plain field, but not in a list.
 */
export type Position = "singular" | "oneof" | "element" | "mapValue";

/** The JavaScript value of a field, list element, map value or oneof member. */
export type ValueShape =
  | ScalarShape
  | EnumShape
  | { readonly kind: "nullValue"; readonly enum: DescEnum }
  | MessageShape
  | WrapperShape
  | WellKnownShape;

/**
 * A scalar: string, boolean, number, Uint8Array or, for the 64-bit integers,
 * a bigint. With `long: "string"` (jstype = JS_STRING) they are strings.
 */
export interface ScalarShape {
  readonly kind: "scalar";
  readonly scalar: ScalarType;
  readonly long: "bigint" | "string";
}

/** An enum value: a number, for an open enum any 32-bit integer. */
export interface EnumShape {
  readonly kind: "enum";
  readonly enum: DescEnum;
}

/** A message that has generated functions of its own. */
export interface MessageShape {
  readonly kind: "message";
  readonly message: DescMessage;
}

/**
 * A type of google/protobuf/wrappers.proto: in the `plain` form the scalar
 * itself, as a `message` an object with the scalar in `value`.
 */
export interface WrapperShape {
  readonly kind: "wrapper";
  readonly form: "plain" | "message";
  readonly message: DescMessage;
  readonly scalar: ScalarType;
}

/**
 * A well-known type that the run-time library reads and writes.
 *
 * As a `message` it is the object that protobuf-es makes, with `$typeName`.
 * The `plain` forms are `{ seconds, nanos }` for Timestamp and Duration,
 * `{ typeUrl, value }` for Any, `{}` for Empty, a list of paths for FieldMask,
 * and JSON for Struct, Value and ListValue.
 */
export interface WellKnownShape {
  readonly kind: "wellKnown";
  readonly type: WellKnownType;
  readonly form: "plain" | "message";
  readonly message: DescMessage;
}

/** Local names of the well-known types in a {@link WellKnownShape}. */
export type WellKnownType = (typeof wellKnownTypes)[number];

const wellKnownTypes = [
  "Any",
  "Duration",
  "Empty",
  "FieldMask",
  "ListValue",
  "Struct",
  "Timestamp",
  "Value",
] as const;

/**
 * Whether a file is one of google/protobuf/*.proto that come with every
 * library. They are never generated; run-time helpers handle their messages.
 */
export function isWellKnownFile(file: DescFile): boolean {
  return Object.hasOwn(wktPublicImportPaths, file.proto.name);
}

/** The local name if the message is a well-known type, but not a wrapper. */
export function wellKnownType(message: DescMessage): WellKnownType | undefined {
  return wellKnownTypes.find((type) => message.typeName === `google.protobuf.${type}`);
}

/** The scalar inside, if the message is a type of google/protobuf/wrappers.proto. */
export function wrappedScalar(message: DescMessage): ScalarType | undefined {
  const value = message.fields[0];
  return message.file.proto.name === "google/protobuf/wrappers.proto" &&
    value?.fieldKind === "scalar"
    ? value.scalar
    : undefined;
}

/** Where the values of a field stand. */
export function positionOf(field: DescField): Position {
  switch (field.fieldKind) {
    case "list":
      return "element";
    case "map":
      return "mapValue";
    default:
      return field.oneof === undefined ? "singular" : "oneof";
  }
}

/**
 * The shape of a field's values (of its elements, or map values). Forms are
 * what the models differ in, so they give them.
 */
export function shapeOf(
  field: DescField,
  form: (message: DescMessage, position: Position) => "plain" | "message",
): ValueShape {
  if (field.scalar !== undefined) {
    const long = field.fieldKind !== "map" && field.longAsString ? "string" : "bigint";
    return { kind: "scalar", scalar: field.scalar, long };
  }
  if (field.enum !== undefined) {
    const kind = field.enum.typeName === "google.protobuf.NullValue" ? "nullValue" : "enum";
    return { kind, enum: field.enum };
  }
  const { message } = field;
  const scalar = wrappedScalar(message);
  if (scalar !== undefined) {
    return { kind: "wrapper", form: form(message, positionOf(field)), message, scalar };
  }
  const type = wellKnownType(message);
  if (type !== undefined) {
    return { kind: "wellKnown", form: form(message, positionOf(field)), message, type };
  }
  return { kind: "message", message };
}
