import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { type Code, code, helper, join, stringLiteral } from "../../code.ts";
import type { DescMap } from "../../message-model/message-model.ts";
import { key as propertyKey } from "../../message-model/property.ts";
import type { ValueShape, WellKnownShape } from "../../message-model/value-shape.ts";
import type { EmitContext } from "../emit-context.ts";
import { qualifiedName } from "../qualified-name.ts";
import { constant } from "../validate/literal.ts";
import { isLong } from "../validate/validated-value.ts";

/** What shape checks are printed with. */
export type ShapeContext = Pick<EmitContext, "model" | "paths">;

/** The function that checks the shape of a message, wherever that is. */
export function messageCheck({ paths }: ShapeContext, message: DescMessage): Code {
  const from = `${paths.actions(message.file)}.shape.js`;
  return code`${{ kind: "import", name: checkName(message), from } as const}`;
}

/** The name of the function that checks the shape of a message. */
export function checkName(message: DescMessage): string {
  return `check${qualifiedName(message)}`;
}

/** The check of a field's value as a whole. */
export function fieldCheck(context: ShapeContext, field: DescField): Code {
  switch (field.fieldKind) {
    case "list":
      return made("listOf", code`${valueCheck(context, context.model.shape(field))}`);
    case "map":
      return mapCheck(context, field);
    default:
      return valueCheck(context, context.model.shape(field));
  }
}

/** The check of a oneof group. */
export function oneofCheck(context: ShapeContext, fields: readonly DescField[]): Code {
  const { model } = context;
  const members = fields.map(
    (field) => code`${propertyKey(model.property(field))}: ${fieldCheck(context, field)}`,
  );
  const table = code`{ ${join(members, ", ")} }`;
  return made("oneofOf", code`${stringLiteral(model.oneof.discriminator)}, ${table}`);
}

function mapCheck(context: ShapeContext, field: DescMap): Code {
  const value = valueCheck(context, context.model.shape(field));
  if (context.model.mapForm(field) === "Map") {
    const shape = { kind: "scalar", scalar: field.mapKey, long: "bigint" } as const;
    return made("mapOf", code`${valueCheck(context, shape)}, ${value}`);
  }
  return made("recordOf", code`${keyPattern(field.mapKey)}, ${value}`);
}

/** What the names of properties are that stand for keys of a type. */
function keyPattern(scalar: ScalarType): string {
  switch (scalar) {
    case ScalarType.STRING:
      return "undefined";
    case ScalarType.BOOL:
      return "/^(?:true|false)$/";
    default:
      return "/^-?[0-9]+$/";
  }
}

function valueCheck(context: ShapeContext, shape: ValueShape): Code {
  switch (shape.kind) {
    case "scalar":
      return code`${helper(scalarCheck(shape.scalar, shape.long))}`;
    case "enum":
    case "nullValue":
      return code`${helper("checkInt32")}`;
    case "message":
      return messageCheck(context, shape.message);
    case "wrapper": {
      const scalar = code`${helper(scalarCheck(shape.scalar, "bigint"))}`;
      return shape.form === "plain"
        ? scalar
        : typed(shape.message, made("recordWith", code`{ value: ${scalar} }`));
    }
    case "wellKnown":
      return wellKnownCheck(shape);
  }
}

function wellKnownCheck({ type, form, message }: WellKnownShape): Code {
  const check = code`${helper(wellKnownChecks[form][type])}`;
  return form === "plain" ? check : typed(message, check);
}

function typed(message: DescMessage, check: Code): Code {
  return made("typed", code`${stringLiteral(message.typeName)}, ${check}`);
}

const plainChecks = {
  Any: "checkAny",
  Duration: "checkTime",
  Empty: "checkEmpty",
  FieldMask: "checkPaths",
  ListValue: "checkJsonList",
  Struct: "checkJsonObject",
  Timestamp: "checkTime",
  Value: "checkJson",
} as const;

const wellKnownChecks = {
  plain: plainChecks,
  message: {
    ...plainChecks,
    FieldMask: "checkFieldMask",
    ListValue: "checkListValueMessage",
    Value: "checkValueMessage",
  },
} as const;

/** The helper that checks a scalar. */
export function scalarCheck(scalar: ScalarType, long: "bigint" | "string"): string {
  if (isLong(scalar) && long === "string") {
    return "checkLongText";
  }
  switch (scalar) {
    case ScalarType.STRING:
      return "checkString";
    case ScalarType.BOOL:
      return "checkBool";
    case ScalarType.BYTES:
      return "checkBytes";
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return "checkNumber";
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return "checkUint32";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "checkUint64";
    default:
      return isLong(scalar) ? "checkInt64" : "checkInt32";
  }
}

/** A check that a helper makes of others, once for the module. */
function made(maker: string, parameters: Code): Code {
  return code`${constant("check", code`${helper(maker)}(${parameters})`)}`;
}

/** Whether a message is complete without the member. */
export function isOptional(member: DescField | DescOneof, { model }: ShapeContext): boolean {
  if (member.kind === "oneof") {
    return model.oneof.none === "undefined";
  }
  return (
    member.presence !== FeatureSet_FieldPresence.IMPLICIT &&
    !model.literal(member.parent).inherited.includes(member)
  );
}
