import type { ValueType } from "../value-type.ts";
import { type Time, time } from "./time.ts";

/** About 10,000 years. */
const most = 315_576_000_000;

/** A `google.protobuf.Duration`: in JSON its seconds, with an "s". */
export const duration: ValueType<Time> = /* @__PURE__ */ time(
  "google.protobuf.Duration",
  'duration in seconds, as "1.5s"',
  /^-?\d+(\.\d{1,9})?s$/,
  `expected a duration of up to ${most} seconds`,
  -most,
  most,
  -999_999_999,
  (match) => Number.parseInt(match[0], 10),
  (seconds, sign, fraction) => `${sign}${Math.abs(seconds)}${fraction}s`,
);
