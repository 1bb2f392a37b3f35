import { decodeBase64 } from "./base64.ts";
import type { JsonReader } from "./json-reader.ts";
import { parseBigInt, parseNumber } from "./parse-number.ts";

// Readers of scalars, as https://protobuf.dev/programming-guides/json says.
// They return a default for what they refuse, JSON null included: where null
// means "not set", generated code doesn't call them.

/** Reads a string. Unpaired surrogates are refused: UTF-8 can't express them. */
export function readString(json: unknown, input: JsonReader): string {
  if (typeof json === "string") {
    if (input.wellFormed || json.isWellFormed()) {
      return json;
    }
    input.problem("expected string, got one with an unpaired surrogate");
  } else {
    input.expected("string", json);
  }
  return "";
}

/** Reads a boolean. */
export function readBool(json: unknown, input: JsonReader): boolean {
  if (typeof json === "boolean") {
    return json;
  }
  input.expected("boolean", json);
  return false;
}

/** Reads bytes: base64 in either alphabet, with or without padding. */
export function readBytes(json: unknown, input: JsonReader): Uint8Array<ArrayBuffer> {
  if (typeof json === "string") {
    const bytes = decodeBase64(json);
    if (bytes !== undefined) {
      return bytes;
    }
    input.problem("expected base64, got a string that isn't");
  } else {
    input.expected("base64 string", json);
  }
  return new Uint8Array();
}

/** Reads int32, sint32 and sfixed32: a number, or a string with one. */
export function readInt32(json: unknown, input: JsonReader): number {
  return typeof json === "number" && (json | 0) === json
    ? json
    : readInteger(json, "int32", -0x80000000, 0x7fffffff, input);
}

/** Reads uint32 and fixed32: a number, or a string with one. */
export function readUint32(json: unknown, input: JsonReader): number {
  return typeof json === "number" && json >>> 0 === json
    ? json
    : readInteger(json, "uint32", 0, 0xffffffff, input);
}

/** Reads a double: a finite number, a string with one, or one of the special names. */
export function readDouble(json: unknown, input: JsonReader): number {
  if (typeof json === "number" && Number.isFinite(json)) {
    return json;
  }
  const number = typeof json === "string" ? parseDouble(json) : undefined;
  if (number === undefined) {
    input.expected("number", json);
    return 0;
  }
  return number;
}

/** Reads a float: as double, in its smaller range. The value isn't rounded. */
export function readFloat(json: unknown, input: JsonReader): number {
  const number = readDouble(json, input);
  if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
    input.expected("number in the range of float", json);
  }
  return number;
}

/** Reads int64, sint64 and sfixed64: a string with an integer, or a number. */
export function readInt64(json: unknown, input: JsonReader): bigint {
  const integer = toBigInt(json);
  if (integer !== undefined && BigInt.asIntN(64, integer) === integer) {
    return integer;
  }
  input.expected("int64", json);
  return 0n;
}

/** Reads uint64 and fixed64: a string with an integer, or a number. */
export function readUint64(json: unknown, input: JsonReader): bigint {
  const integer = toBigInt(json);
  if (integer !== undefined && BigInt.asUintN(64, integer) === integer) {
    return integer;
  }
  input.expected("uint64", json);
  return 0n;
}

/** Reads an int64 that the message keeps as text (`jstype = JS_STRING`). */
export function readInt64Text(json: unknown, input: JsonReader): string {
  return String(readInt64(json, input));
}

/** Reads a uint64 that the message keeps as text (`jstype = JS_STRING`). */
export function readUint64Text(json: unknown, input: JsonReader): string {
  return String(readUint64(json, input));
}

/** Reads a 32-bit integer that isn't simply a number: text, or a problem. */
function readInteger(
  json: unknown,
  type: string,
  min: number,
  max: number,
  input: JsonReader,
): number {
  const number = typeof json === "string" ? parseNumber(json) : json;
  if (typeof number === "number" && Number.isInteger(number) && number >= min && number <= max) {
    return number;
  }
  input.expected(type, json);
  return 0;
}

function parseDouble(text: string): number | undefined {
  switch (text) {
    case "NaN":
      return Number.NaN;
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    default: {
      const number = parseNumber(text);
      return Number.isFinite(number) ? number : undefined;
    }
  }
}

function toBigInt(json: unknown): bigint | undefined {
  switch (typeof json) {
    case "string":
      return parseBigInt(json);
    case "number":
      return Number.isInteger(json) ? BigInt(json) : undefined;
    case "bigint":
      return json;
    default:
      return undefined;
  }
}
