import { type DescField, ScalarType } from "@bufbuild/protobuf";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import type { CodecScope } from "./codec-scope.ts";

/**
 * Code that reads or writes one value. It is called with the value's
 * expression, or handed on as a function to a helper for lists and maps.
 */
export interface ValueCode {
  /** An expression that calls it. */
  call(value: string): Printable;
  /** A function that does the same. */
  readonly function: Printable;
}

/** Code that reads a value of the field; it calls the JsonReader `input`. */
export function valueReader(scope: CodecScope, field: DescField): ValueCode {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar":
      return named(scope.helper(`read${scalarName(shape.scalar)}${longSuffix(shape)}`), "input");
    case "enum":
      return inline("input", (json) => [
        scope.helper("readEnum"),
        `(${json}, input, `,
        scope.values(shape.enum),
        ")",
      ]);
    case "nullValue":
      return named(scope.helper("readNullValue"), "input");
    case "message":
      return named(scope.codec("read", shape.message), "input");
    case "wrapper":
      return inline("input", (json) => [
        scope.helper(shape.form === "plain" ? "readWrapped" : "readWrapper"),
        `(${json}, input, `,
        scope.helper(`read${scalarName(shape.scalar)}`),
        shape.form === "plain" ? ")" : `, ${stringLiteral(shape.message.typeName)})`,
      ]);
    case "wellKnown":
      return named(scope.helper(`read${wellKnownName(shape)}`), "input");
  }
}

/** Code that writes a value of the field; it calls the JsonWriter `output`. */
export function valueWriter(scope: CodecScope, field: DescField): ValueCode {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar":
      return named(scope.helper(`write${writtenScalar(shape.scalar)}`), "output");
    case "enum":
      return inline("output", (value) => [
        scope.helper("writeEnum"),
        `(${value}, output, `,
        scope.values(shape.enum),
        ")",
      ]);
    case "nullValue":
      return named(scope.helper("writeNullValue"), "output");
    case "message":
      return named(scope.codec("write", shape.message), "output");
    case "wrapper": {
      const write = scope.helper(`write${writtenScalar(shape.scalar)}`);
      return shape.form === "plain"
        ? named(write, "output")
        : inline("output", (value) => [write, `(${value}.value, output)`]);
    }
    case "wellKnown":
      switch (shape.type) {
        case "FieldMask":
        case "ListValue":
        case "Value":
          return named(scope.helper(`write${wellKnownName(shape)}`), "output");
        default:
          // Both forms have the same properties.
          return named(scope.helper(`write${shape.type}`), "output");
      }
  }
}

/**
 * Code that completes an initializer of a value of the field; undefined if it
 * is complete as it is.
 */
export function valueInit(scope: CodecScope, field: DescField): ValueCode | undefined {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "message":
      return functionCode(scope.codec("init", shape.message));
    case "wellKnown":
      return shape.form === "plain" && shape.type === "Value"
        ? undefined
        : functionCode(scope.helper(`init${wellKnownName(shape)}`));
    case "wrapper": {
      if (shape.form === "plain") {
        return undefined;
      }
      const rest = `, ${stringLiteral(shape.message.typeName)}, ${scalarZero(shape.scalar)})`;
      const call = (value: string) => [scope.helper("initWrapper"), `(${value}`, rest];
      return { call, function: ["(value) => ", call("value")] };
    }
    default:
      return undefined;
  }
}

/** What the helpers of a well-known type are called, after their verb. */
export function wellKnownName(shape: { type: string; form: "plain" | "message" }): string {
  return shape.form === "plain" ? shape.type : `${shape.type}Message`;
}

/** Code for the default of a scalar. */
export function scalarZero(scalar: ScalarType, long: "bigint" | "string" = "bigint"): string {
  switch (scalar) {
    case ScalarType.STRING:
      return '""';
    case ScalarType.BOOL:
      return "false";
    case ScalarType.BYTES:
      return "new globalThis.Uint8Array()";
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return long === "string" ? '"0"' : "0n";
    default:
      return "0";
  }
}

/**
 * The value of a oneof's selected member. In plain forms it may be undefined
 * where the member's type has a default.
 */
export function memberValue(scope: CodecScope, field: DescField, value: string): string {
  const shape = scope.model.shape(field);
  if (shape.kind === "wrapper" && shape.form === "plain") {
    return `${value} ?? ${scalarZero(shape.scalar)}`;
  }
  if (shape.kind === "wellKnown" && shape.form === "plain") {
    switch (shape.type) {
      case "FieldMask":
      case "ListValue":
        return `${value} ?? []`;
      case "Struct":
        return `${value} ?? {}`;
    }
  }
  return value;
}

/** The name of a scalar in the names of helpers: one for all with the same JSON. */
export function scalarName(scalar: ScalarType): string {
  switch (scalar) {
    case ScalarType.STRING:
      return "String";
    case ScalarType.BOOL:
      return "Bool";
    case ScalarType.BYTES:
      return "Bytes";
    case ScalarType.DOUBLE:
      return "Double";
    case ScalarType.FLOAT:
      return "Float";
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return "Int32";
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return "Uint32";
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return "Int64";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "Uint64";
  }
}

/** Writers don't tell signs and precisions apart. */
function writtenScalar(scalar: ScalarType): string {
  return scalarName(scalar).replace("Uint", "Int").replace("Float", "Double");
}

function longSuffix(shape: { scalar: ScalarType; long: "bigint" | "string" }): string {
  return shape.long === "string" && scalarZero(shape.scalar) === "0n" ? "Text" : "";
}

function functionCode(name: Printable): ValueCode {
  return { call: (value) => [name, `(${value})`], function: name };
}

function named(name: Printable, rest: "input" | "output"): ValueCode {
  return { call: (value) => [name, `(${value}, ${rest})`], function: name };
}

function inline(rest: "input" | "output", call: (value: string) => Printable): ValueCode {
  return { call, function: [`(value, ${rest}) => `, call("value")] };
}
