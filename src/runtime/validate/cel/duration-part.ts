import type { Moment } from "../violation-collector.ts";

/** All of a duration in a unit, rounded towards zero; of `milliseconds` what is below a second. */
export const durationPart = {
  hours: ({ seconds }: Moment): bigint => seconds / 3600n,
  minutes: ({ seconds }: Moment): bigint => seconds / 60n,
  seconds: ({ seconds }: Moment): bigint => seconds,
  milliseconds: ({ nanos }: Moment): bigint => BigInt(Math.trunc(nanos / 1_000_000)),
} as const;
