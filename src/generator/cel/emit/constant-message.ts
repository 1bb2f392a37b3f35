import {
  type DescExtension,
  type DescField,
  type DescMessage,
  isMessage,
} from "@bufbuild/protobuf";
import {
  isReflectList,
  isReflectMessage,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { code, join } from "../../code.ts";
import { bool, type CelType, list } from "../cel-type.ts";
import { fieldType, messageType, valueType } from "../field-type.ts";
import type { ConstantValue } from "../typed-expr.ts";
import { listOf } from "./containers.ts";
import { unsupported } from "./emitter.ts";
import { bigintForm, integerConstant } from "./integers.ts";
import { literalOf, numberLiteral } from "./literal.ts";
import { timeForm } from "./shapes.ts";
import { Level, plain, primary, type Value } from "./value.ts";

/** A field of a message that is known when the code is generated. */
export function constantField(message: ReflectMessage, field: DescField): Value {
  const type = fieldType(field);
  return type.kind === "wrapper" && !message.isSet(field)
    ? constantValue(null, type)
    : constantOf(field, message.get(field));
}

export function hasConstantField(message: ReflectMessage, field: DescField): Value {
  return constantValue(message.isSet(field), bool);
}

/** The value of a field or extension that is set, as reflection or `getExtension` gives it. */
export function constantOf(field: DescField | DescExtension, value: unknown): Value {
  const type = valueType(field);
  if (field.fieldKind === "map") {
    return unsupported("maps in rules can't be compiled");
  }
  if (field.fieldKind === "list") {
    const elements = isReflectList(value) || Array.isArray(value) ? [...value] : [];
    return constantList(
      type,
      elements.map((element) => constantElement(type, field.message, element)),
    );
  }
  return constantElement(type, field.message, value);
}

function constantElement(type: CelType, desc: DescMessage | undefined, value: unknown): Value {
  if (isReflectMessage(value)) {
    return constantMessage(value);
  }
  if (desc !== undefined && isMessage(value)) {
    return constantMessage(reflect(desc, value));
  }
  // protobuf-es unwraps the types of google/protobuf/wrappers.proto.
  const { kind } = type.kind === "wrapper" ? type.of : type;
  switch (typeof value) {
    case "bigint":
      return integerConstant(value, type);
    case "number":
      return kind === "double" ? constantValue(value, type) : integerConstant(BigInt(value), type);
    case "string":
      return kind === "string" ? constantValue(value, type) : integerConstant(BigInt(value), type);
    case "boolean":
      return constantValue(value, type);
    default:
      return value instanceof Uint8Array
        ? constantValue(value, type)
        : unsupported("a value in a rule can't be compiled");
  }
}

/** A message that is known when the code is generated. */
export function constantMessage(reflected: ReflectMessage): Value {
  const { desc, message } = reflected;
  const type = messageType(desc);
  if (isMessage(message, TimestampSchema) || isMessage(message, DurationSchema)) {
    return constantTime(type, message.seconds, message.nanos);
  }
  if (type.kind === "wrapper") {
    const [field] = desc.fields;
    return field === undefined
      ? constantValue(null, type)
      : { ...constantField(reflected, field), type };
  }
  return type.kind === "message"
    ? primary(code`undefined`, type, { kind: "constant", message: reflected })
    : unsupported(`a ${desc.typeName} in a rule can't be compiled`);
}

/** A scalar that is known when the code is generated. */
export function constantValue(value: ConstantValue, type: CelType): Value {
  if (typeof value === "bigint") {
    return integerConstant(value, type);
  }
  const negative = typeof value === "number" && numberLiteral(value).startsWith("-");
  return {
    code: literalOf(value),
    level: negative ? Level.unary : Level.primary,
    type,
    form: plain,
    fails: false,
    constant: value,
  };
}

/** A timestamp or duration that is known when the code is generated. */
export function constantTime(type: CelType, seconds: bigint, nanos: number): Value {
  const value = code`${`{ seconds: ${seconds}n, nanos: ${nanos} }`}`;
  return primary(code`${{ kind: "constant", hint: "time", value } as const}`, type, timeForm);
}

/** A list of values that are known when the code is generated, made once. */
export function constantList(element: CelType, values: readonly Value[]): Value {
  const mixed = values.some(({ form }) => form.kind !== values[0]?.form.kind);
  const codes = values.map((value) =>
    mixed && typeof value.constant === "bigint" ? literalOf(value.constant) : value.code,
  );
  const [first] = values;
  const form = mixed ? bigintForm : (first?.form ?? plain);
  const value = code`[${join(codes, ", ")}]`;
  return primary(
    code`${{ kind: "constant", hint: "list", value } as const}`,
    list(element),
    listOf((text) => primary(text, element, form)),
  );
}
