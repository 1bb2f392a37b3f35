import { ScalarType } from "@bufbuild/protobuf";
import { type Code, code } from "../../code.ts";
import type { DescMap } from "../../message-model/message-model.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import { type CelType, string } from "../cel-type.ts";
import { scalarType } from "../field-type.ts";
import { formName } from "./form-name.ts";
import { asBigint, asNumber, bigintForm, numberForm, rangeOf } from "./integers.ts";
import { int32Range, isWithin, uint32Range } from "./range.ts";
import { fromScalar, fromShape } from "./shapes.ts";
import { type ListForm, type MapForm, plain, primary, type Value } from "./value.ts";

/** A repeated field. */
export function listForm(shape: ValueShape): ListForm {
  return listOf((text) => fromShape(shape, text));
}

/** An array whose elements are read as the function says. */
export function listOf(element: (text: Code) => Value): ListForm {
  return { kind: "list", name: formName(element(code`e$`)), element };
}

/** A map field. */
export function mapForm(field: DescMap, container: "object" | "Map", shape: ValueShape): MapForm {
  return {
    kind: "map",
    container,
    name: `${container} ${field.mapKey} ${formName(fromShape(shape, code`v$`))}`,
    key: container === "Map" ? mapKey(field.mapKey) : objectKey(field.mapKey),
    toKey: (key) => toKey(field.mapKey, container, key),
    value: (text) => fromShape(shape, text),
  };
}

function mapKey(key: DescMap["mapKey"]): (text: Code) => Value {
  return (text) => fromScalar({ scalar: key, long: "bigint" }, text);
}

/** Keys of objects are strings, whatever the type of the map's key. */
function objectKey(key: DescMap["mapKey"]): (text: Code) => Value {
  const type = scalarType(key);
  return (text) => {
    switch (type.kind) {
      case "bool":
        return primary(code`(${text} === "true")`, type, plain);
      case "string":
        return primary(text, string, plain);
      default: {
        const range = is32Bits(key) ? (type.kind === "uint" ? uint32Range : int32Range) : undefined;
        return range === undefined
          ? primary(code`globalThis.BigInt(${text})`, type, bigintForm)
          : primary(code`globalThis.Number(${text})`, type, numberForm, { range });
      }
    }
  };
}

function toKey(key: DescMap["mapKey"], container: "object" | "Map", value: Value): Code {
  const type = scalarType(key);
  if (container === "object") {
    return isString(type) ? value.code : code`globalThis.String(${value.code})`;
  }
  if (type.kind === "bool" || isString(type)) {
    return value.code;
  }
  if (!is32Bits(key)) {
    return asBigint(value).code;
  }
  // A number that is rounded is not among keys of 32 bits.
  return isWithin(rangeOf(value), int32Range) ? value.code : asNumber(value);
}

function is32Bits(key: DescMap["mapKey"]): boolean {
  switch (key) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return true;
    default:
      return false;
  }
}

function isString(type: CelType): boolean {
  return type.kind === "string";
}
