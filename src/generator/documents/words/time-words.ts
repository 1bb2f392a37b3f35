import type { Time } from "../../model/rules/test.ts";
import type { ValueType } from "../../tool-model/value-type.ts";

/** A timestamp or a duration as ProtoJSON writes it. */
export function timeWords(type: ValueType, { seconds, nanos }: Time): string {
  const sign = seconds < 0n || nanos < 0 ? "-" : "";
  if (type.kind !== "timestamp") {
    const whole = seconds < 0n ? -seconds : seconds;
    return `${sign}${whole}${fraction(Math.abs(nanos))}s`;
  }
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${fraction(nanos)}Z`;
}

function fraction(nanos: number): string {
  return nanos === 0
    ? ""
    : `.${String(nanos)
        .padStart(9, "0")
        .replace(/(000)+$/, "")}`;
}
