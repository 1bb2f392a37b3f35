import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { type Code, code, stringLiteral } from "../../code.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import { bool } from "../cel-type.ts";
import { fieldType } from "../field-type.ts";
import { constantField, hasConstantField } from "./constant-message.ts";
import { listForm, mapForm } from "./containers.ts";
import type { Emitter } from "./emitter.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import { literalOf } from "./literal.ts";
import { allPresent, ifPresent, presence, withPath } from "./presence.ts";
import { fromShape, zero } from "./shapes.ts";
import { unbox } from "./unbox.ts";
import { callCode, Level, type MessagePath, operand, plain, primary, type Value } from "./value.ts";

/** `message.field`: the field's value, or its default if it isn't set. */
export function readField(emitter: Emitter, message: Value, field: DescField): Value {
  switch (message.form.kind) {
    case "constant":
      return constantField(message.form.message, field);
    case "message":
      if (message.form.shape === "plain" && field.parent.typeName === "google.protobuf.FieldMask") {
        return primary(
          code`(${operand(message)} ?? [])`,
          fieldType(field),
          listForm(emitter.model.shape(field)),
        );
      }
      return withPath(message, (path) => readPath(emitter, path, field));
    default: {
      const args = [message.code, code`${stringLiteral(field.name)}`];
      return unbox(callCode(celHelper("select"), args), fieldType(field), message.fails);
    }
  }
}

function readPath({ model }: Emitter, path: MessagePath, field: DescField): Value {
  const shape = model.shape(field);
  const type = fieldType(field);
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    const isMap = field.fieldKind === "map" && model.mapForm(field) === "Map";
    const none = field.fieldKind === "list" ? "[]" : isMap ? "new globalThis.Map()" : "{}";
    const text = ifPresent(path.presence, code`${model.read(path.code, field)}`, code`${none}`);
    const form =
      field.fieldKind === "list" ? listForm(shape) : mapForm(field, model.mapForm(field), shape);
    return { ...text, type, form, fails: false };
  }
  const { access, conditions, optional } = accessOf({ model }, path, field);
  const value = singular(shape, access, conditions, optional, field);
  return { ...value, type };
}

/** Where a singular field is, and what must be true for that to be its value. */
function accessOf({ model }: Pick<Emitter, "model">, path: MessagePath, field: DescField) {
  if (field.oneof === undefined) {
    const optional = field.presence !== FeatureSet_FieldPresence.IMPLICIT;
    return { access: model.read(path.code, field), conditions: path.presence, optional };
  }
  const group = model.read(path.code, field.oneof);
  const selected = `${model.oneof.selected(group)} === ${stringLiteral(model.property(field))}`;
  const conditions = [...path.presence, presence(selected)];
  // Members of a oneof may be undefined where the library unwraps messages.
  return { access: `${group}.value`, conditions, optional: field.fieldKind === "message" };
}

/** The value of a singular field. */
function singular(
  shape: ValueShape,
  access: string,
  conditions: MessagePath["presence"],
  optional: boolean,
  field: DescField,
): Value {
  const value = fromShape(shape, code`${access}`);
  const or = (none: Code): Pick<Value, "code" | "level"> => {
    const text = optional ? { code: code`${access} ?? ${none}`, level: Level.conditional } : value;
    return conditions.length === 0 ? text : ifPresent(conditions, text.code, none);
  };
  switch (value.form.kind) {
    case "message": {
      const inOneof = field.oneof !== undefined;
      const presences = inOneof ? conditions : [...conditions, presence(`${access} !== undefined`)];
      const path = { code: access, presence: presences };
      const text = ifPresent(conditions, code`${access}`, code`undefined`);
      return { ...value, ...text, form: { ...value.form, path } };
    }
    case "time":
      return { ...value, ...or(code`${celHelper("zeroTime")}`) };
    case "any":
      return { ...value, ...ifPresent(conditions, code`${access}`, code`undefined`) };
    case "boxed":
      return { ...value, ...boxedJson(shape, access, conditions) };
    default:
      if (shape.kind === "wrapper") {
        const inner = fromShape(shape, code`${access}${shape.form === "message" ? "?" : ""}`);
        const text = ifPresent(conditions, inner.code, code`null`);
        return { ...inner, ...text, form: { kind: "nullable", of: inner.form } };
      }
      return { ...value, ...or(defaultOf(shape, field).code) };
  }
}

/** `google.protobuf.Struct` and its like: not set, they are empty, or null. */
function boxedJson(
  shape: ValueShape,
  access: string,
  conditions: MessagePath["presence"],
): Pick<Value, "code" | "level"> {
  const type = shape.kind === "wellKnown" ? shape.type : "Value";
  const plainForm = shape.kind === "wellKnown" && shape.form === "plain";
  const none = type === "Struct" ? "{}" : type === "ListValue" ? "[]" : "null";
  if (plainForm) {
    const inner = ifPresent(conditions, code`${access} ?? ${none}`, code`${none}`);
    return { code: callCode(celHelper("boxJson"), [inner.code]), level: Level.primary };
  }
  const helper = type === "ListValue" ? "boxListValue" : "boxValue";
  const present = [...conditions, presence(`${access} !== undefined`)];
  return ifPresent(present, callCode(celHelper(helper), [code`${access}`]), code`${none}`);
}

function defaultOf(shape: ValueShape, field: DescField): Value {
  const value =
    field.fieldKind === "scalar" || field.fieldKind === "enum"
      ? field.getDefaultValue()
      : undefined;
  if (value === undefined || shape.kind === "nullValue") {
    return zero(shape);
  }
  const isLong = shape.kind === "scalar" && shape.long === "string";
  return { ...zero(shape), code: literalOf(isLong ? String(value) : value) };
}

/** `has(message.field)`. */
export function hasField(emitter: Emitter, message: Value, field: DescField): Value {
  const { form } = message;
  if (form.kind === "constant") {
    return hasConstantField(form.message, field);
  }
  if (form.kind !== "message") {
    const args = [message.code, code`${stringLiteral(field.name)}`];
    return primary(callCode(celHelper("hasField"), args), bool, plain, { fails: message.fails });
  }
  if (form.shape === "plain" && field.parent.typeName === "google.protobuf.FieldMask") {
    return primary(code`((${operand(message)} ?? []).length > 0)`, bool, plain);
  }
  return withPath(message, (path) => {
    const test = isSet(emitter, path, field);
    const outer = allPresent(path.presence);
    const text = outer === undefined ? test : code`${outer} && ${test}`;
    const level = text.join("").includes("&&") ? Level.and : Level.equality;
    return { code: text, level, type: bool, form: plain, fails: false };
  });
}

/** Whether a field of a message that is there is set; binds like an operand of `&&`. */
function isSet({ model }: Emitter, path: MessagePath, field: DescField): Code {
  if (field.oneof !== undefined) {
    const selected = model.oneof.selected(model.read(path.code, field.oneof));
    return code`${selected} === ${stringLiteral(model.property(field))}`;
  }
  const access = model.read(path.code, field);
  if (field.fieldKind === "list") {
    return code`${access}.length > 0`;
  }
  if (field.fieldKind === "map") {
    return model.mapForm(field) === "Map"
      ? code`${access}.size > 0`
      : code`${validateHelper("countEntries")}(${access}) > 0`;
  }
  if (field.presence !== FeatureSet_FieldPresence.IMPLICIT) {
    return code`${model.isSet(path.code, field)}`;
  }
  if (field.fieldKind === "scalar" && field.scalar === ScalarType.BOOL) {
    return code`${access}`;
  }
  if (field.fieldKind === "scalar" && field.scalar === ScalarType.BYTES) {
    return code`${access}.length > 0`;
  }
  const { scalar } = field;
  if (scalar === ScalarType.DOUBLE || scalar === ScalarType.FLOAT) {
    // Negative zero is set, as it is on the wire, although it equals zero.
    return code`!globalThis.Object.is(${access}, 0)`;
  }
  const shape = model.shape(field);
  return code`${access} !== ${shape.kind === "nullValue" ? "0" : zero(shape).code}`;
}
