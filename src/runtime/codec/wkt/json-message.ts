import type {
  ListValue as ListValueMessage,
  Struct as StructMessage,
  Value as ValueMessage,
} from "@bufbuild/protobuf/wkt";
import type { Init } from "../init.ts";
import { initList, initRecord } from "../init-members.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import type { JsonValue } from "../json-value.ts";
import { setOwn } from "../own-property.ts";
import { readListValue, readValue, writeValue } from "./json.ts";

// google.protobuf.Value and ListValue as protobuf-es keeps them: messages that
// spell out the kind of each value.

/** Reads a Value: any JSON. */
export function readValueMessage(input: JsonInput): ValueMessage {
  return toValue(readValue(input));
}

/** Reads a ListValue: any JSON array. */
export function readListValueMessage(input: JsonInput): ListValueMessage {
  return toListValue(readListValue(input));
}

/** Writes a Value. */
export function writeValueMessage(value: ValueMessage, output: JsonOutput): void {
  const { kind } = value;
  switch (kind.case) {
    case "structValue":
      output.open();
      for (const [key, field] of Object.entries(kind.value.fields)) {
        output.key(key);
        writeValueMessage(field, output);
      }
      output.close();
      break;
    case "listValue":
      writeListValueMessage(kind.value, output);
      break;
    case "nullValue":
      output.json(null);
      break;
    case undefined:
      output.refuse("expected a Value with one of its kinds set");
      break;
    default:
      writeValue(kind.value, output);
  }
}

/** Writes a ListValue. */
export function writeListValueMessage(list: ListValueMessage, output: JsonOutput): void {
  output.openList();
  for (const value of list.values) {
    output.element();
    writeValueMessage(value, output);
  }
  output.closeList();
}

/** Completes an initializer of a Value. */
export function initValueMessage(init: Init<ValueMessage>): ValueMessage {
  const value: ValueMessage = { $typeName: "google.protobuf.Value", kind: { case: undefined } };
  const { kind } = init;
  switch (kind?.case) {
    case "structValue":
      value.kind = { case: "structValue", value: initStructMessage(kind.value) };
      break;
    case "listValue":
      value.kind = { case: "listValue", value: initListValueMessage(kind.value) };
      break;
    default:
      value.kind = kind ?? value.kind;
  }
  return value;
}

/** Completes an initializer of a ListValue. */
export function initListValueMessage(init: Init<ListValueMessage>): ListValueMessage {
  return {
    $typeName: "google.protobuf.ListValue",
    values: initList(init.values, initValueMessage),
  };
}

function initStructMessage(init: Init<StructMessage>): StructMessage {
  return {
    $typeName: "google.protobuf.Struct",
    fields: initRecord(init.fields, initValueMessage),
  };
}

function toValue(json: JsonValue): ValueMessage {
  return { $typeName: "google.protobuf.Value", kind: toKind(json) };
}

function toKind(json: JsonValue): ValueMessage["kind"] {
  switch (typeof json) {
    case "string":
      return { case: "stringValue", value: json };
    case "number":
      return { case: "numberValue", value: json };
    case "boolean":
      return { case: "boolValue", value: json };
    default:
      if (json === null) {
        return { case: "nullValue", value: 0 };
      }
      return Array.isArray(json)
        ? { case: "listValue", value: toListValue(json) }
        : { case: "structValue", value: toStruct(json) };
  }
}

function toListValue(json: readonly JsonValue[]): ListValueMessage {
  return { $typeName: "google.protobuf.ListValue", values: json.map(toValue) };
}

function toStruct(json: Readonly<Record<string, JsonValue>>): StructMessage {
  const fields: Record<string, ValueMessage> = {};
  for (const [key, value] of Object.entries(json)) {
    setOwn(fields, key, toValue(value));
  }
  return { $typeName: "google.protobuf.Struct", fields };
}
