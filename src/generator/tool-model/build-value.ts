import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type WellKnownType, wellKnownType, wrappedScalar } from "../message-model/value-shape.ts";
import type { Check, PartChecks } from "../model/rules/check.ts";
import { enumType } from "./enum-type.ts";
import type { MessageType } from "./message-type.ts";
import type { Value, ValueType } from "./value-type.ts";

/** What values are built with. */
export interface MessageTypes {
  /** The type of a message, which may be one that is being built. */
  of(message: DescMessage): MessageType;
  /** Whether there are rules anywhere below a message. */
  hasRules(message: DescMessage): boolean;
}

/** The value of a field with the rules about it. */
export function buildValue(
  field: DescField,
  checks: readonly Check[],
  messages: MessageTypes,
): Value {
  return ruled(fieldType(field, checks, messages), checks, false);
}

function fieldType(field: DescField, checks: readonly Check[], messages: MessageTypes): ValueType {
  switch (field.fieldKind) {
    case "list": {
      const items = checks.find((check) => check.kind === "items")?.items;
      return { kind: "list", items: part(elementType(field, items?.checks, messages), items) };
    }
    case "map": {
      const entries = checks.find((check) => check.kind === "entries");
      return {
        kind: "map",
        keys: part(scalarType(field.mapKey), entries?.keys),
        values: part(elementType(field, entries?.values.checks, messages), entries?.values),
      };
    }
    default:
      return elementType(field, checks, messages);
  }
}

function part(type: ValueType, part: PartChecks | undefined): Value {
  return ruled(type, part?.checks ?? [], part?.skipZero ?? false);
}

function ruled(type: ValueType, checks: readonly Check[], zeroAllowed: boolean): Value {
  return {
    type,
    tests: checks.flatMap((check) => (check.kind === "test" ? [check.test] : [])),
    notes: celNotes(checks),
    zeroAllowed,
  };
}

/** What rules in CEL ask for: in the words of their author, or else the expression. */
export function celNotes(checks: readonly Check[]): readonly string[] {
  return checks.flatMap((check) =>
    check.kind === "cel"
      ? [
          check.rule.message === ""
            ? `Must hold: ${check.expression}`
            : sentence(check.rule.message),
        ]
      : [],
  );
}

/** Begins with a capital, unless the first word may be a name. */
function sentence(text: string): string {
  return text.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
}

/** The type of a field's values, of its elements, or of the values in a map. */
function elementType(
  field: DescField,
  checks: readonly Check[] | undefined,
  messages: MessageTypes,
): ValueType {
  if (field.enum !== undefined) {
    return ofEnum(field.enum);
  }
  return field.message === undefined
    ? scalarType(field.scalar ?? ScalarType.STRING)
    : ofMessage(field.message, checks ?? [], messages);
}

function ofEnum(desc: DescEnum): ValueType {
  return desc.typeName === "google.protobuf.NullValue"
    ? { kind: "null" }
    : { kind: "enum", enum: enumType(desc) };
}

function ofMessage(
  message: DescMessage,
  checks: readonly Check[],
  messages: MessageTypes,
): ValueType {
  const scalar = wrappedScalar(message);
  if (scalar !== undefined) {
    return scalarType(scalar);
  }
  const known = wellKnownType(message);
  if (known !== undefined && known !== "Empty") {
    return { kind: wellKnownKinds[known] };
  }
  const unchecked = messages.hasRules(message) && !checks.some(({ kind }) => kind === "nested");
  return { kind: "message", message: messages.of(message), unchecked };
}

const wellKnownKinds = {
  Any: "any",
  Duration: "duration",
  FieldMask: "fieldMask",
  ListValue: "jsonList",
  Struct: "struct",
  Timestamp: "timestamp",
  Value: "json",
} as const satisfies Record<Exclude<WellKnownType, "Empty">, ValueType["kind"]>;

function scalarType(scalar: ScalarType): ValueType {
  switch (scalar) {
    case ScalarType.STRING:
      return { kind: "string" };
    case ScalarType.BOOL:
      return { kind: "boolean" };
    case ScalarType.BYTES:
      return { kind: "bytes" };
    case ScalarType.DOUBLE:
      return { kind: "number", single: false };
    case ScalarType.FLOAT:
      return { kind: "number", single: true };
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return { kind: "integer", unsigned: false };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { kind: "integer", unsigned: true };
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { kind: "long", unsigned: true };
    default:
      return { kind: "long", unsigned: false };
  }
}
