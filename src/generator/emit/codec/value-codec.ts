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

/** Code that reads a value of the field from the JsonInput `input`. */
export function valueReader(scope: CodecScope, field: DescField): ValueCode {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar": {
      const name = scalarName(shape.scalar);
      const helper = scope.helper(`read${name}${longSuffix(shape)}`);
      return longSuffix(shape) === "" && name !== "Float"
        ? { call: () => `input.${methodName(name)}()`, function: helper }
        : { call: () => [helper, "(input)"], function: helper };
    }
    case "enum": {
      const call = ["input.enum(", scope.values(shape.enum), ")"];
      return { call: () => call, function: ["(input) => ", call] };
    }
    case "nullValue":
      return inputFunction(scope.helper("readNullValue"));
    case "message":
      return inputFunction(scope.codec("read", shape.message));
    case "wrapper": {
      const call = [
        scope.helper(shape.form === "plain" ? "readWrapped" : "readWrapper"),
        "(input, ",
        scope.helper(`read${scalarName(shape.scalar)}`),
        shape.form === "plain" ? ")" : `, ${stringLiteral(shape.message.typeName)})`,
      ];
      return { call: () => call, function: ["(input) => ", call] };
    }
    case "wellKnown":
      return inputFunction(scope.helper(`read${wellKnownName(shape)}`));
  }
}

/** Code that writes a value of the field to the JsonOutput `output`. */
export function valueWriter(scope: CodecScope, field: DescField): ValueCode {
  const shape = scope.model.shape(field);
  switch (shape.kind) {
    case "scalar": {
      const name = writtenScalar(shape.scalar);
      return {
        call: (value) => `output.${methodName(name)}(${value})`,
        function: scope.helper(`write${name}`),
      };
    }
    case "enum": {
      const call = (value: string) => [`output.enum(${value}, `, scope.values(shape.enum), ")"];
      return { call, function: ["(value, output) => ", call("value")] };
    }
    case "nullValue":
      return outputFunction(scope.helper("writeNullValue"));
    case "message":
      return outputFunction(scope.codec("write", shape.message));
    case "wrapper": {
      const name = writtenScalar(shape.scalar);
      return shape.form === "plain"
        ? {
            call: (value) => `output.${methodName(name)}(${value})`,
            function: scope.helper(`write${name}`),
          }
        : {
            call: (value) => `output.${methodName(name)}(${value}.value)`,
            function: `(value, output) => output.${methodName(name)}(value.value)`,
          };
    }
    case "wellKnown":
      switch (shape.type) {
        case "FieldMask":
        case "ListValue":
        case "Value":
          return outputFunction(scope.helper(`write${wellKnownName(shape)}`));
        default:
          // Both forms have the same properties.
          return outputFunction(scope.helper(`write${shape.type}`));
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
export function writtenScalar(scalar: ScalarType): string {
  return scalarName(scalar).replace("Uint", "Int").replace("Float", "Double");
}

function longSuffix(shape: { scalar: ScalarType; long: "bigint" | "string" }): string {
  return shape.long === "string" && scalarZero(shape.scalar) === "0n" ? "Text" : "";
}

/** The method of an input or output, from a scalar's name. */
export function methodName(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function functionCode(name: Printable): ValueCode {
  return { call: (value) => [name, `(${value})`], function: name };
}

function inputFunction(name: Printable): ValueCode {
  return { call: () => [name, "(input)"], function: name };
}

function outputFunction(name: Printable): ValueCode {
  return { call: (value) => [name, `(${value}, output)`], function: name };
}
