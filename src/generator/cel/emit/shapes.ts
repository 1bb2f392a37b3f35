import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type Code, code } from "../../code.ts";
import type { ScalarShape, ValueShape } from "../../message-model/value-shape.ts";
import { bool, dyn, int, nullType } from "../cel-type.ts";
import { messageType, scalarType } from "../field-type.ts";
import { celHelper } from "./helpers.ts";
import { bigintForm, numberForm } from "./integers.ts";
import { int32Range, type Range, uint32Range } from "./range.ts";
import { boxed, callCode, type Form, Level, plain, primary, type Value } from "./value.ts";

export const timeForm: Form = { kind: "time" };

/** The value of a field that is set, or of an element of it, from code that has it. */
export function fromShape(shape: ValueShape, text: Code): Value {
  switch (shape.kind) {
    case "scalar":
      return fromScalar(shape, text);
    case "enum":
      return primary(text, int, numberForm, { range: int32Range });
    case "nullValue":
      return primary(code`null`, nullType, plain);
    case "message":
      return fromMessage(shape.message, "message", text);
    case "wrapper": {
      const inner = fromScalar(
        { scalar: shape.scalar, long: "bigint" },
        shape.form === "plain" ? text : code`${text}.value`,
      );
      return { ...inner, type: messageType(shape.message) };
    }
    case "wellKnown":
      return fromWellKnown(shape, text);
  }
}

function fromMessage(desc: DescMessage, shape: "plain" | "message", text: Code): Value {
  const [first, ...rest] = text;
  const isOne = typeof first === "string" && rest.length === 0 && isPath(first);
  const path = isOne ? { code: first, presence: [] } : undefined;
  return primary(text, messageType(desc), { kind: "message", desc, shape, path });
}

/** Whether code is a variable or properties of one, so that it costs little to repeat it. */
export function isPath(text: string): boolean {
  return /^[\w$]+(?:\.[\w$]+|\["(?:[^"\\]|\\.)*"\])*$/.test(text);
}

export function fromScalar(
  { scalar, long }: Pick<ScalarShape, "scalar" | "long">,
  text: Code,
): Value {
  const type = scalarType(scalar);
  const range = smallRange(scalar);
  if (range !== undefined) {
    return primary(text, type, numberForm, { range });
  }
  if (type.kind !== "int" && type.kind !== "uint") {
    return primary(text, type, plain);
  }
  return primary(long === "string" ? code`globalThis.BigInt(${text})` : text, type, bigintForm);
}

function smallRange(scalar: ScalarType): Range | undefined {
  switch (scalar) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return int32Range;
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return uint32Range;
    default:
      return undefined;
  }
}

function fromWellKnown(shape: Extract<ValueShape, { kind: "wellKnown" }>, text: Code): Value {
  const type = messageType(shape.message);
  const box = (helper: string) => primary(callCode(celHelper(helper), [text]), type, boxed);
  switch (shape.type) {
    case "Timestamp":
    case "Duration":
      return primary(text, type, timeForm);
    case "Any":
      return primary(text, dyn, { kind: "any" });
    case "Struct":
      return box("boxJson");
    case "Value":
      return box(shape.form === "plain" ? "boxJson" : "boxValue");
    case "ListValue":
      return box(shape.form === "plain" ? "boxJson" : "boxListValue");
    case "Empty":
    case "FieldMask":
      return fromMessage(shape.message, shape.form, text);
  }
}

/** The default of a scalar or enum, as the model keeps it. */
export function zero(shape: ValueShape): Value {
  switch (shape.kind) {
    case "scalar":
      return zeroScalar(shape);
    case "enum":
      return primary(code`${shape.enum.values[0]?.number ?? 0}`, int, numberForm);
    default:
      return primary(code`null`, nullType, plain);
  }
}

function zeroScalar({ scalar, long }: ScalarShape): Value {
  const type = scalarType(scalar);
  switch (type.kind) {
    case "bool":
      return primary(code`false`, bool, plain);
    case "string":
      return primary(code`""`, type, plain);
    case "bytes":
      return primary(code`new globalThis.Uint8Array()`, type, plain);
    case "double":
      return primary(code`0`, type, plain);
    default: {
      if (smallRange(scalar) !== undefined) {
        return primary(code`0`, type, numberForm);
      }
      return primary(code`${long === "string" ? '"0"' : "0n"}`, type, bigintForm);
    }
  }
}

/** An expression that chooses between two; the level says how it must be put in others. */
export function choice(condition: Code, yes: Code, no: Code): Pick<Value, "code" | "level"> {
  return { code: code`${condition} ? ${yes} : ${no}`, level: Level.conditional };
}
