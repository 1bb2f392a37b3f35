import type { Any as AnyMessage } from "@bufbuild/protobuf/wkt";
import type { AnyType, AnyTypes } from "../any-type.ts";
import type { Init } from "../init.ts";
import type { JsonReader } from "../json-reader.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";
import { setOwn } from "../own-property.ts";
import { quote } from "../problem.ts";

/** A `google.protobuf.Any`: a message of any type in the binary format. */
export interface Any {
  /** Ends with "/" and the full name of the type. */
  typeUrl: string;
  value: Uint8Array;
}

/**
 * Reads an Any: the message's JSON, with its type in `@type`. The type has to
 * be among the `anyTypes` of the options.
 */
export function readAny(json: unknown, input: JsonReader): Any {
  const any: Any = { typeUrl: "", value: new Uint8Array() };
  const { "@type": typeUrl, ...fields } = input.open(json);
  const keys = Object.keys(fields);
  if (typeUrl !== undefined || keys.length > 0) {
    const type = typeOf(typeUrl, input.anyTypes);
    if (typeof typeUrl !== "string" || type === undefined) {
      input.problem(unknownType(typeUrl));
    } else {
      input.members++;
      any.typeUrl = `type.googleapis.com/${type.typeName}`;
      any.value = readInside(type, fields, input);
    }
  }
  input.close();
  return any;
}

function readInside(type: AnyType, fields: Record<string, unknown>, input: JsonReader): Uint8Array {
  if (!type.special || !Object.hasOwn(fields, "value")) {
    const before = input.depth;
    const bytes = type.read(fields, input);
    input.depth = before;
    return bytes;
  }
  return type.read(fields["value"], input);
}

/** Reads an Any as protobuf-es keeps it. */
export function readAnyMessage(json: unknown, input: JsonReader): AnyMessage {
  return initAnyMessage(readAny(json, input));
}

/** Writes an Any. Its type has to be among the `anyTypes` of the options. */
export function writeAny(any: Any, output: JsonWriter): JsonValue {
  if (any.typeUrl === "") {
    return {};
  }
  const type = typeOf(any.typeUrl, output.anyTypes);
  if (type === undefined) {
    return output.refuse(unknownType(any.typeUrl));
  }
  const json: JsonObject = { "@type": any.typeUrl };
  const inside = type.write(any.value, output);
  if (type.special || typeof inside !== "object" || inside === null || Array.isArray(inside)) {
    json["value"] = inside;
  } else {
    for (const [key, value] of Object.entries(inside)) {
      setOwn(json, key, value);
    }
  }
  return json;
}

/** Completes an initializer of an Any. */
export function initAny(init: Init<Any>): Any {
  return { typeUrl: init.typeUrl ?? "", value: init.value ?? new Uint8Array() };
}

/** Completes an initializer of an Any as protobuf-es keeps it. */
export function initAnyMessage(init: Init<Any>): AnyMessage {
  return { $typeName: "google.protobuf.Any", ...initAny(init) };
}

function typeOf(typeUrl: unknown, types: AnyTypes): AnyType | undefined {
  return typeof typeUrl === "string"
    ? types.get(typeUrl.slice(typeUrl.lastIndexOf("/") + 1))
    : undefined;
}

function unknownType(typeUrl: unknown): string {
  return typeof typeUrl === "string" && typeUrl !== ""
    ? `the type ${quote(typeUrl)} isn't among the types that an Any may hold here`
    : 'expected the type of the message in "@type"';
}
