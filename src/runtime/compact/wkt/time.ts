import { expected, isA, pass, problem } from "../context.ts";
import { compactMessage } from "../message.ts";
import { int32 } from "../scalars/int32.ts";
import { int64 } from "../scalars/int64.ts";
import type { ValueType } from "../value-type.ts";

/** Seconds and nanoseconds: a Timestamp or Duration. */
export interface Time {
  seconds: bigint;
  nanos: number;
}

/**
 * Makes the type of a Timestamp or Duration.
 *
 * @param pattern what its text looks like, with a group for the fraction
 * @param range what is wrong with seconds that are less than `least` or more than `most`
 */
export function time(
  typeName: string,
  what: string,
  pattern: RegExp,
  range: string,
  least: number,
  most: number,
  leastNanos: number,
  parse: (match: RegExpExecArray) => number,
  print: (seconds: number, sign: string, fraction: string) => string,
): ValueType<Time> {
  const isInRange = (seconds: number) =>
    (seconds >= least && seconds <= most) || problem(range) !== undefined;
  return Object.assign(compactMessage<Time>(typeName, "seconds nanos", [int64, int32]), {
    read(json: unknown) {
      pass();
      const match = typeof json === "string" && pattern.exec(json);
      const seconds = match ? parse(match) : Number.NaN;
      if (!match || Number.isNaN(seconds)) {
        return expected(what, json);
      }
      const nanos = Number((match[1] ?? "").slice(1).padEnd(9, "0"));
      return isInRange(seconds)
        ? { seconds: BigInt(seconds), nanos: match[0] < "0" && nanos ? -nanos : nanos }
        : undefined;
    },
    write(value: Time) {
      if (isA("object", value)) {
        const { nanos } = value;
        const seconds = Number(value.seconds);
        if (isInRange(seconds)) {
          if (nanos >= leastNanos && nanos < 1e9 && (leastNanos === 0 || seconds * nanos >= 0)) {
            let digits = nanos === 0 ? "" : `.${String(Math.abs(nanos)).padStart(9, "0")}`;
            while (digits.endsWith("000")) {
              digits = digits.slice(0, -3);
            }
            return print(seconds, seconds < 0 || nanos < 0 ? "-" : "", digits);
          }
          expected(`nanos from ${leastNanos} to 999999999 of the same sign`, nanos);
        }
      }
      return undefined;
    },
  });
}
