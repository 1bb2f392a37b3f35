import type { Timestamp as TimestampMessage } from "@bufbuild/protobuf/wkt";
import type { Init } from "../init.ts";
import type { JsonReader } from "../json-reader.ts";
import type { JsonValue } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";
import { fraction } from "./fraction.ts";

/** A `google.protobuf.Timestamp`: seconds since 1970-01-01T00:00:00Z, and nanoseconds after that. */
export interface Timestamp {
  seconds: bigint;
  nanos: number;
}

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Years 1 to 9999 in milliseconds: what RFC 3339 can express. */
const minMs = Date.parse("0001-01-01T00:00:00Z");
const maxMs = Date.parse("9999-12-31T23:59:59Z");

/** Reads a Timestamp: an RFC 3339 string, for example `2026-01-02T03:04:05.678Z`. */
export function readTimestamp(json: unknown, input: JsonReader): Timestamp {
  const timestamp = { seconds: 0n, nanos: 0 };
  if (!input.deeper()) {
    return timestamp;
  }
  const match = typeof json === "string" ? pattern.exec(json) : null;
  // Without its fraction, because Date.parse knows only milliseconds.
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(ms)) {
    input.expected("RFC 3339 time", json);
  } else if (ms < minMs || ms > maxMs) {
    input.problem("expected a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z");
  } else {
    timestamp.seconds = BigInt(ms / 1000);
    timestamp.nanos = Number((match?.[2] ?? "").padEnd(9, "0"));
  }
  return timestamp;
}

/** Reads a Timestamp as protobuf-es keeps it. */
export function readTimestampMessage(json: unknown, input: JsonReader): TimestampMessage {
  return initTimestampMessage(readTimestamp(json, input));
}

/** Writes a Timestamp in UTC, with 0, 3, 6 or 9 digits of a second's fraction. */
export function writeTimestamp(timestamp: Timestamp, output: JsonWriter): JsonValue {
  const { seconds, nanos } = timestamp;
  const ms = Number(seconds) * 1000;
  if (!(ms >= minMs && ms <= maxMs)) {
    return output.refuse("expected a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z");
  }
  if (!(nanos >= 0 && nanos <= 999_999_999)) {
    return output.refuse(`expected nanos from 0 to 999999999, got ${nanos}`);
  }
  return `${new Date(ms).toISOString().slice(0, 19)}${fraction(nanos)}Z`;
}

/** Completes an initializer of a Timestamp. */
export function initTimestamp(init: Init<Timestamp>): Timestamp {
  return { seconds: init.seconds ?? 0n, nanos: init.nanos ?? 0 };
}

/** Completes an initializer of a Timestamp as protobuf-es keeps it. */
export function initTimestampMessage(init: Init<Timestamp>): TimestampMessage {
  return { $typeName: "google.protobuf.Timestamp", ...initTimestamp(init) };
}
