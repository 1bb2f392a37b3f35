import type { Duration as DurationMessage } from "@bufbuild/protobuf/wkt";
import type { Init } from "../init.ts";
import type { JsonReader } from "../json-reader.ts";
import type { JsonValue } from "../json-value.ts";
import type { JsonWriter } from "../json-writer.ts";
import { fraction } from "./fraction.ts";

/** A `google.protobuf.Duration`: seconds, and nanoseconds of the same sign. */
export interface Duration {
  seconds: bigint;
  nanos: number;
}

const pattern = /^(-?\d+)(?:\.(\d{1,9}))?s$/;

/** About 10,000 years. */
const maxSeconds = 315_576_000_000;

/** Reads a Duration: seconds and an "s", for example `1.5s`. */
export function readDuration(json: unknown, input: JsonReader): Duration {
  const duration = { seconds: 0n, nanos: 0 };
  if (!input.deeper()) {
    return duration;
  }
  const match = typeof json === "string" ? pattern.exec(json) : null;
  const whole = match?.[1] ?? "";
  const seconds = Number(whole);
  if (match === null) {
    input.expected('duration in seconds, as "1.5s"', json);
  } else if (!(Math.abs(seconds) <= maxSeconds)) {
    input.problem(`expected a duration of up to ${maxSeconds} seconds`);
  } else {
    const nanos = Number((match[2] ?? "").padEnd(9, "0"));
    duration.seconds = BigInt(seconds);
    duration.nanos = whole.startsWith("-") && nanos !== 0 ? -nanos : nanos;
  }
  return duration;
}

/** Reads a Duration as protobuf-es keeps it. */
export function readDurationMessage(json: unknown, input: JsonReader): DurationMessage {
  return initDurationMessage(readDuration(json, input));
}

/** Writes a Duration with 0, 3, 6 or 9 digits of a second's fraction. */
export function writeDuration(duration: Duration, output: JsonWriter): JsonValue {
  const { nanos } = duration;
  const seconds = Number(duration.seconds);
  if (!(Math.abs(seconds) <= maxSeconds)) {
    return output.refuse(`expected a duration of up to ${maxSeconds} seconds`);
  }
  if (!(Math.abs(nanos) <= 999_999_999)) {
    return output.refuse(`expected nanos from -999999999 to 999999999, got ${nanos}`);
  }
  if (seconds * nanos < 0) {
    return output.refuse("expected seconds and nanos of the same sign");
  }
  const sign = seconds < 0 || nanos < 0 ? "-" : "";
  return `${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`;
}

/** Completes an initializer of a Duration. */
export function initDuration(init: Init<Duration>): Duration {
  return { seconds: init.seconds ?? 0n, nanos: init.nanos ?? 0 };
}

/** Completes an initializer of a Duration as protobuf-es keeps it. */
export function initDurationMessage(init: Init<Duration>): DurationMessage {
  return { $typeName: "google.protobuf.Duration", ...initDuration(init) };
}
