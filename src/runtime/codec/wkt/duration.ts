import type { Duration as DurationMessage } from "@bufbuild/protobuf/wkt";
import type { Init } from "../init.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import { toBigInt } from "../small-bigint.ts";
import { fraction } from "./fraction.ts";

/** A `google.protobuf.Duration`: seconds, and nanoseconds of the same sign. */
export interface Duration {
  seconds: bigint;
  nanos: number;
}

const pattern = /^(-?\d+)(?:\.(\d{1,9}))?s$/;

/** About 10,000 years. */
const maxSeconds = 315_576_000_000;

const range = `expected a duration of up to ${maxSeconds} seconds`;

/** Reads a Duration: seconds and an "s", for example `1.5s`. */
export function readDuration(input: JsonInput): Duration {
  const duration = { seconds: 0n, nanos: 0 };
  const expected = 'duration in seconds, as "1.5s"';
  input.checkDepth();
  const text = input.text(expected);
  if (text === undefined) {
    return duration;
  }
  const match = pattern.exec(text);
  const whole = match?.[1] ?? "";
  const seconds = Number(whole);
  if (match === null) {
    input.expected(expected);
  } else if (!(Math.abs(seconds) <= maxSeconds)) {
    input.problem(range);
  } else {
    const nanos = Number((match[2] ?? "").padEnd(9, "0"));
    duration.seconds = toBigInt(seconds);
    duration.nanos = whole.startsWith("-") && nanos !== 0 ? -nanos : nanos;
  }
  return duration;
}

/** Reads a Duration as protobuf-es keeps it. */
export function readDurationMessage(input: JsonInput): DurationMessage {
  return initDurationMessage(readDuration(input));
}

/** Writes a Duration with 0, 3, 6 or 9 digits of a second's fraction. */
export function writeDuration(duration: Duration, output: JsonOutput): void {
  const { nanos } = duration;
  const seconds = Number(duration.seconds);
  if (!(Math.abs(seconds) <= maxSeconds)) {
    output.refuse(range);
  } else if (!(Math.abs(nanos) <= 999_999_999)) {
    output.refuse(`expected nanos from -999999999 to 999999999, got ${nanos}`);
  } else if (seconds * nanos < 0) {
    output.refuse("expected seconds and nanos of the same sign");
  } else {
    const sign = seconds < 0 || nanos < 0 ? "-" : "";
    output.string(`${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`);
  }
}

/** Completes an initializer of a Duration. */
export function initDuration(init: Init<Duration>): Duration {
  return { seconds: init.seconds ?? 0n, nanos: init.nanos ?? 0 };
}

/** Completes an initializer of a Duration as protobuf-es keeps it. */
export function initDurationMessage(init: Init<Duration>): DurationMessage {
  return { $typeName: "google.protobuf.Duration", ...initDuration(init) };
}
