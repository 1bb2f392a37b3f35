import { toJson } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import type { Constant } from "./test.ts";

/** A value as protovalidate's messages show it. */
export function formatValue(value: Constant | Duration | Timestamp): string {
  if (value instanceof Uint8Array) {
    return new TextDecoder().decode(value);
  }
  if (typeof value === "object") {
    return String(
      value.$typeName === "google.protobuf.Duration"
        ? toJson(DurationSchema, value)
        : toJson(TimestampSchema, value),
    );
  }
  return String(value);
}

/** A list of values as protovalidate's messages show it. */
export function formatList(values: readonly (Constant | Duration | Timestamp)[]): string {
  return `[${values.map(formatValue).join(", ")}]`;
}

/** Bytes as protovalidate's messages show them: two hexadecimal digits each. */
export function formatHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
