import type { Timestamp as TimestampMessage } from "@bufbuild/protobuf/wkt";
import type { Init } from "../init.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import { toBigInt } from "../small-bigint.ts";
import { parseFraction } from "./fraction.ts";
import { parseTime } from "./time.ts";

/** A `google.protobuf.Timestamp`: seconds since 1970-01-01T00:00:00Z, and nanoseconds after that. */
export interface Timestamp {
  seconds: bigint;
  nanos: number;
}

/** Years 1 to 9999 in seconds: what RFC 3339 can express. */
const minSeconds = -62_135_596_800;
const maxSeconds = 253_402_300_799;

const range = "expected a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z";

/** Reads a Timestamp: an RFC 3339 string, for example `2026-01-02T03:04:05.678Z`. */
export function readTimestamp(input: JsonInput): Timestamp {
  const timestamp = { seconds: 0n, nanos: 0 };
  input.checkDepth();
  const text = input.text("RFC 3339 time");
  if (text === undefined) {
    return timestamp;
  }
  const seconds = parseTime(text);
  if (Number.isNaN(seconds)) {
    input.expected("RFC 3339 time");
  } else if (seconds < minSeconds || seconds > maxSeconds) {
    input.problem(range);
  } else {
    timestamp.seconds = toBigInt(seconds);
    timestamp.nanos = parseFraction(text, 19);
  }
  return timestamp;
}

/** Reads a Timestamp as protobuf-es keeps it. */
export function readTimestampMessage(input: JsonInput): TimestampMessage {
  return initTimestampMessage(readTimestamp(input));
}

/** Writes a Timestamp in UTC, with 0, 3, 6 or 9 digits of a second's fraction. */
export function writeTimestamp(timestamp: Timestamp, output: JsonOutput): void {
  const { nanos } = timestamp;
  const seconds = Number(timestamp.seconds);
  if (!(seconds >= minSeconds && seconds <= maxSeconds)) {
    output.refuse(range);
  } else if (!(Number.isInteger(nanos) && nanos >= 0 && nanos <= 999_999_999)) {
    output.refuse(`expected nanos from 0 to 999999999, got ${nanos}`);
  } else {
    output.time(seconds, nanos);
  }
}

/** Completes an initializer of a Timestamp. */
export function initTimestamp(init: Init<Timestamp>): Timestamp {
  return { seconds: init.seconds ?? 0n, nanos: init.nanos ?? 0 };
}

/** Completes an initializer of a Timestamp as protobuf-es keeps it. */
export function initTimestampMessage(init: Init<Timestamp>): TimestampMessage {
  return { $typeName: "google.protobuf.Timestamp", ...initTimestamp(init) };
}
