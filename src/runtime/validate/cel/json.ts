import { encodeBase64 } from "../../codec/base64.ts";
import { boxJson, type ListMessage, type ValueMessage } from "./box-map.ts";
import { type Boxed, type BoxedMessage, isList, typeNameOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";
import { textOfDuration, textOfTimestamp } from "./time.ts";

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value as JSON, as Protobuf maps its types to it. */
export function jsonOf(value: Boxed): Json {
  switch (typeof value) {
    case "boolean":
    case "number":
    case "string":
      return value;
    case "bigint":
      return integer(value);
  }
  if (value === null) {
    return null;
  }
  if (value instanceof Uint8Array) {
    return encodeBase64(value);
  }
  if (isList(value)) {
    return value.map(jsonOf);
  }
  switch (value.kind) {
    case "uint":
      return integer(value.value);
    case "timestamp":
      return textOfTimestamp(value);
    case "duration":
      return textOfDuration(value);
    case "map":
      return Object.fromEntries(
        Array.from(value.entries.values(), ([key, inner]) => [
          typeof key === "string" ? key : fail("a key of a JSON object is a string"),
          jsonOf(inner),
        ]),
      );
    case "message":
      return messageJson(value);
    default:
      return fail(`a value of type ${typeNameOf(value)} has no JSON`);
  }
}

/** The messages that are made of JSON's own values. */
function messageJson(message: BoxedMessage): Json {
  const paths = message.get("paths");
  switch (message.typeName) {
    case "google.protobuf.Empty":
      return {};
    case "google.protobuf.FieldMask":
      return paths !== undefined && isList(paths) ? paths.map(camelCase).join(",") : "";
    default:
      return fail(`a value of type ${message.typeName} has no JSON`);
  }
}

function camelCase(path: Boxed): string {
  return String(path).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** JSON's numbers are doubles; integers beyond them are strings. */
function integer(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** The value that is left of another one when it goes through JSON. */
export function asJson(value: Boxed): Boxed {
  return boxJson(jsonOf(value));
}

/** A `google.protobuf.Value` as protobuf-es keeps it. */
export type ValueObject = ValueMessage & { readonly $typeName: "google.protobuf.Value" };

/** A `google.protobuf.ListValue` as protobuf-es keeps it. */
export type ListObject = ListMessage & { readonly $typeName: "google.protobuf.ListValue" };

export function valueMessageOf(value: Boxed): ValueObject {
  return valueOfJson(jsonOf(value));
}

export function listMessageOf(value: Boxed): ListObject {
  const json = jsonOf(value);
  return listOfJson(Array.isArray(json) ? json : fail("a list is needed"));
}

function valueOfJson(json: Json): ValueObject {
  return { $typeName: "google.protobuf.Value", kind: kindOf(json) };
}

function listOfJson(list: readonly Json[]): ListObject {
  return { $typeName: "google.protobuf.ListValue", values: list.map(valueOfJson) };
}

function kindOf(json: Json): ValueMessage["kind"] {
  if (json === null) {
    return { case: "nullValue", value: 0 };
  }
  switch (typeof json) {
    case "boolean":
      return { case: "boolValue", value: json };
    case "number":
      return { case: "numberValue", value: json };
    case "string":
      return { case: "stringValue", value: json };
  }
  return Array.isArray(json)
    ? { case: "listValue", value: listOfJson(json) }
    : { case: "structValue", value: json };
}
