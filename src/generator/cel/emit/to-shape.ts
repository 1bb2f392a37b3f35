import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { code } from "../../code.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import { type CelType, formatType } from "../cel-type.ts";
import { fieldType, scalarType, valueType } from "../field-type.ts";
import { box } from "./box.ts";
import { type Emitter, unsupported } from "./emitter.ts";
import { celHelper } from "./helpers.ts";
import { asBigint, rangeOf } from "./integers.ts";
import { int32Range, isWithin, uint32Range } from "./range.ts";
import { unbox } from "./unbox.ts";
import { callCode, operand, type Value, withCode } from "./value.ts";

/** A value in the form that a field of a message keeps it in. */
export function toShape(emitter: Emitter, value: Value, field: DescField): Value {
  const shape = emitter.model.shape(field);
  switch (field.fieldKind) {
    case "list":
      return toList(emitter, value, shape, valueType(field));
    case "map":
      return toMap(emitter, value, field, shape);
    default:
      return toValue(emitter, typed(emitter, value, fieldType(field)), shape);
  }
}

/** A value of type `dyn` with the type that is needed. */
function typed(emitter: Emitter, value: Value, type: CelType): Value {
  return value.type.kind === "dyn" && type.kind !== "dyn"
    ? unbox(box(emitter, value), type, value.fails)
    : value;
}

function toValue(emitter: Emitter, value: Value, shape: ValueShape): Value {
  switch (shape.kind) {
    case "scalar":
      return toScalar(value, shape.scalar, shape.long);
    case "enum":
      return toNumber(value, int32Range, "checkInt32");
    case "nullValue":
      return withCode(value, code`0`, false);
    case "wrapper": {
      const inner =
        value.form.kind === "nullable" ? value : toScalar(value, shape.scalar, "bigint");
      return shape.form === "plain"
        ? inner
        : withCode(
            inner,
            code`{ $typeName: ${JSON.stringify(shape.message.typeName)}, value: ${inner.code} }`,
            inner.fails,
          );
    }
    case "message":
      return value.form.kind === "message"
        ? value
        : unsupported(`a value of type ${formatType(value.type)} can't be made a message`);
    case "wellKnown":
      return toWellKnown(emitter, value, shape);
  }
}

function toScalar(value: Value, scalar: ScalarType, long: "bigint" | "string"): Value {
  switch (scalar) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return toNumber(value, int32Range, "checkInt32");
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return toNumber(value, uint32Range, "checkUint32");
    case ScalarType.FLOAT:
      return withCode(value, code`globalThis.Math.fround(${value.code})`, value.fails);
    default: {
      const { kind } = scalarType(scalar);
      if (kind !== "int" && kind !== "uint") {
        return value;
      }
      const big = asBigint(value);
      return long === "string"
        ? withCode(big, code`globalThis.String(${big.code})`, big.fails)
        : big;
    }
  }
}

function toNumber(value: Value, range: typeof int32Range, helper: string): Value {
  if (value.form.kind === "number" && isWithin(rangeOf(value), range)) {
    return value;
  }
  return withCode(value, callCode(celHelper(helper), [asBigint(value).code]), true);
}

function toList(emitter: Emitter, value: Value, shape: ValueShape, type: CelType): Value {
  const list =
    value.form.kind === "list"
      ? value
      : unbox(box(emitter, value), { kind: "list", element: type }, value.fails);
  if (list.form.kind !== "list") {
    return unsupported("a list is needed");
  }
  const element = toValue(emitter, typed(emitter, list.form.element(code`e$`), type), shape);
  const [only] = element.code;
  return only === "e$" && element.code.length === 1
    ? list
    : withCode(
        list,
        code`${operand(list)}.map((e$) => (${element.code}))`,
        list.fails || element.fails,
      );
}

function toMap(
  emitter: Emitter,
  value: Value,
  field: DescField & { readonly fieldKind: "map" },
  shape: ValueShape,
): Value {
  const key = unbox(code`k$`, scalarType(field.mapKey), false, true);
  const inner = toValue(emitter, unbox(code`v$`, valueType(field), false, true), shape);
  const name =
    emitter.model.mapForm(field) === "Map"
      ? toScalar(key, field.mapKey, "bigint").code
      : code`globalThis.String(${key.code})`;
  const pairs = code`${celHelper("pairsOf")}(${box(emitter, value)}).map(([k$, v$]) => [${name}, ${inner.code}] as const)`;
  const text =
    emitter.model.mapForm(field) === "Map"
      ? code`new globalThis.Map(${pairs})`
      : code`globalThis.Object.fromEntries(${pairs})`;
  return withCode(value, text, value.fails || inner.fails);
}

function toWellKnown(
  emitter: Emitter,
  value: Value,
  shape: Extract<ValueShape, { kind: "wellKnown" }>,
): Value {
  switch (shape.type) {
    case "Timestamp":
    case "Duration":
      return shape.form === "plain"
        ? value
        : withCode(
            value,
            code`{ $typeName: ${JSON.stringify(shape.message.typeName)}, ...${operand(value)} }`,
            value.fails,
          );
    case "Struct":
    case "Value":
    case "ListValue": {
      const messages = { Struct: "jsonOf", Value: "valueMessageOf", ListValue: "listMessageOf" };
      const helper = shape.form === "plain" ? "jsonOf" : messages[shape.type];
      return withCode(value, callCode(celHelper(helper), [box(emitter, value)]), true);
    }
    case "Any":
      return unsupported("a google.protobuf.Any can't be made by a compiled rule");
    default:
      return value;
  }
}
