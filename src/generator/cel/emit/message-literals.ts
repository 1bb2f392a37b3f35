import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { type Code, code, join, stringLiteral } from "../../code.ts";
import { key } from "../../message-model/property.ts";
import { wellKnownType } from "../../message-model/value-shape.ts";
import { type CelType, dyn } from "../cel-type.ts";
import { fieldType } from "../field-type.ts";
import { box } from "./box.ts";
import { type Emitter, unsupported } from "./emitter.ts";
import { celHelper } from "./helpers.ts";
import { zero } from "./shapes.ts";
import { toShape } from "./to-shape.ts";
import { anyFails, boxed, callCode, type Form, primary, type Value } from "./value.ts";

type Fields = readonly (readonly [DescField, Value])[];

/** `pkg.Message{field: value}`. */
export function emitMessage(
  emitter: Emitter,
  desc: DescMessage,
  fields: Fields,
  type: CelType,
): Value {
  const fails = anyFails(fields.map(([, value]) => value));
  const value = (name: string) => fields.find(([field]) => field.name === name)?.[1];
  if (type.kind === "wrapper") {
    const given = value("value");
    const field = desc.fields[0];
    if (given === undefined || field === undefined) {
      return field === undefined
        ? unsupported(`${desc.typeName} has no field`)
        : { ...zero(emitter.model.shape(field)), type };
    }
    return { ...toShape(emitter, given, field), type };
  }
  switch (wellKnownType(desc)) {
    case "Timestamp":
    case "Duration": {
      const seconds = value("seconds");
      const nanos = value("nanos");
      const helper = type.kind === "timestamp" ? "timestampOf" : "durationOf";
      const args = [
        seconds ? toShape(emitter, seconds, fieldOf(desc, "seconds")).code : code`0n`,
        nanos ? toShape(emitter, nanos, fieldOf(desc, "nanos")).code : code`0`,
      ];
      return primary(callCode(celHelper(helper), args), type, { kind: "time" }, { fails: true });
    }
    case "Struct":
    case "ListValue":
    case "Value": {
      const [given] = fields;
      const none =
        desc.name === "Struct"
          ? callCode(celHelper("boxMap"), [code`[]`])
          : code`${desc.name === "Value" ? "null" : "[]"}`;
      return primary(given ? jsonValue(emitter, given) : none, type, boxed, { fails });
    }
    case "Any":
      return unsupported("a google.protobuf.Any can't be made by a compiled rule");
    default:
      return ordinary(emitter, desc, fields, type, fails);
  }
}

/** The only field of a `google.protobuf.Value` and its like, as what it stands for. */
function jsonValue(emitter: Emitter, [field, value]: readonly [DescField, Value]): Code {
  const text = box(emitter, value);
  return field.name === "null_value" ? code`null` : callCode(celHelper("asJson"), [text]);
}

function ordinary(
  emitter: Emitter,
  desc: DescMessage,
  fields: Fields,
  type: CelType,
  fails: boolean,
): Value {
  const { model } = emitter;
  const { typeName } = model.literal(desc);
  const given = new Map(fields.map(([field, value]) => [field.number, value]));
  const members = desc.members.flatMap((member) => {
    const name = key(model.property(member));
    if (member.kind === "oneof") {
      const selected = member.fields.find((field) => isSet(field, given.get(field.number)));
      const text = selected && oneofMember(emitter, selected, given.get(selected.number));
      return [code`${name}: ${text ?? model.oneof.none}`];
    }
    const value = given.get(member.number);
    const text = isSet(member, value) ? setMember(emitter, member, value) : blank(emitter, member);
    return text === undefined ? [] : [code`${name}: ${text}`];
  });
  const head = typeName === undefined ? [] : [code`$typeName: ${stringLiteral(typeName)}`];
  const text = code`{ ${join([...head, ...members], ", ")} }`;
  const form: Form = { kind: "message", desc, shape: "message", path: undefined };
  return primary(code`(${text} as ${{ kind: "type", desc } as const})`, type, form, { fails });
}

/** Null leaves a message or wrapper field as if it weren't mentioned. */
function isSet(field: DescField, value: Value | undefined): boolean {
  return value !== undefined && !(value.constant === null && isOptionalMessage(field));
}

function isOptionalMessage(field: DescField): boolean {
  return field.fieldKind === "message" && fieldType(field).kind !== dyn.kind;
}

function setMember(emitter: Emitter, field: DescField, value: Value | undefined): Code {
  return value === undefined ? code`undefined` : toShape(emitter, value, field).code;
}

function oneofMember(emitter: Emitter, field: DescField, value: Value | undefined): Code {
  const { model } = emitter;
  const name = stringLiteral(model.property(field));
  return code`{ ${model.oneof.discriminator}: ${name}, value: ${setMember(emitter, field, value)} }`;
}

/** What a field has that isn't set; nothing where that is how the model says it. */
function blank({ model }: Emitter, field: DescField): Code | undefined {
  if (field.fieldKind === "list") {
    return code`[]`;
  }
  if (field.fieldKind === "map") {
    return model.mapForm(field) === "Map" ? code`new globalThis.Map()` : code`{}`;
  }
  if (field.presence !== FeatureSet_FieldPresence.IMPLICIT) {
    return undefined;
  }
  const shape = model.shape(field);
  return shape.kind === "nullValue" ? code`0` : zero(shape).code;
}

function fieldOf(desc: DescMessage, name: string): DescField {
  const field = desc.fields.find((candidate) => candidate.name === name);
  return field ?? unsupported(`${desc.typeName} has no field ${name}`);
}
