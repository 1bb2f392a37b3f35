import { ScalarType } from "@bufbuild/protobuf";
import { type Code, code } from "../../code.ts";
import { access } from "../../message-model/property.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import type { TestedValue } from "./condition.ts";

/** A value that checks are printed for. */
export interface ValidatedValue {
  /** The value as the message has it. */
  readonly raw: string;
  /** The value as its rules see it: an enum is a number, a wrapper what is in it. */
  readonly tested: TestedValue;
  /** What `tested` refers to, if that isn't `raw` itself. */
  readonly local: Code | undefined;
}

/** How the rules see a value of a shape. */
export function validatedValue(shape: ValueShape, raw: string): ValidatedValue {
  const plain = (text: string): TestedValue => ({ code: text, paths: text, size: [] });
  switch (shape.kind) {
    case "scalar":
      // Numbers that are kept as text are compared as numbers.
      return shape.long === "string" && isLong(shape.scalar)
        ? { raw, tested: plain("number"), local: code`const number = globalThis.BigInt(${raw});` }
        : { raw, tested: plain(raw), local: undefined };
    case "enum":
    case "nullValue":
      // A union of the known values would make comparisons with others a type error.
      return { raw, tested: plain("number"), local: code`const number: number = ${raw};` };
    case "wrapper":
      return shape.form === "message"
        ? { raw, tested: plain(access(raw, "value")), local: undefined }
        : { raw, tested: plain(raw), local: undefined };
    case "wellKnown":
      return shape.type === "FieldMask" && shape.form === "message"
        ? { raw, tested: { ...plain(raw), paths: access(raw, "paths") }, local: undefined }
        : { raw, tested: plain(raw), local: undefined };
    default:
      return { raw, tested: plain(raw), local: undefined };
  }
}

/**
 * Code that is true if a scalar or enum without presence is set. Negative zero
 * is, as it is on the wire, although it equals zero.
 */
export function isImplicitlySet(shape: ValueShape, value: string): Code {
  const isFloat =
    shape.kind === "scalar" &&
    (shape.scalar === ScalarType.DOUBLE || shape.scalar === ScalarType.FLOAT);
  return isFloat ? code`!globalThis.Object.is(${value}, 0)` : isNotZero(shape, value);
}

/** Code that is true unless a scalar or enum, as the message has it, equals its zero value. */
export function isNotZero(shape: ValueShape, value: string): Code {
  switch (shape.kind) {
    case "enum":
    case "nullValue":
      return code`${value} !== ${shape.enum.values[0]?.number ?? 0}`;
    case "scalar":
      return shape.long === "string" && isLong(shape.scalar)
        ? code`${value} !== "0"`
        : isNotZeroScalar(shape.scalar, value);
    case "wrapper":
      return isNotZeroScalar(shape.scalar, value);
    default:
      return code`true`;
  }
}

function isNotZeroScalar(scalar: ScalarType, value: string): Code {
  switch (scalar) {
    case ScalarType.STRING:
      return code`${value} !== ""`;
    case ScalarType.BYTES:
      return code`${value}.length > 0`;
    case ScalarType.BOOL:
      return code`${value}`;
    default:
      return code`${value} !== ${isLong(scalar) ? "0n" : "0"}`;
  }
}

/** Whether a scalar is a 64-bit integer. */
export function isLong(scalar: ScalarType): boolean {
  switch (scalar) {
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return true;
    default:
      return false;
  }
}
