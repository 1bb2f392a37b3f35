import { run } from "@bufbuild/cel";
import { type CelType, duration, timestamp } from "../cel-type.ts";
import { constantTime } from "./constant-message.ts";
import { type FunctionPrinter, helperCall, identity } from "./function-kit.ts";
import type { Range } from "./range.ts";

const year: Range = { min: -271_821n, max: 275_760n };
const part: Range = { min: 0n, max: 999n };

/** Functions of timestamps and durations. */
export const timeFunctions: Readonly<Record<string, FunctionPrinter>> = {
  timestamp_to_timestamp: identity,
  int64_to_timestamp: helperCall("timestampOfSeconds", { fails: true }),
  string_to_timestamp: ofText("timestamp", "timestampOfText", timestamp),
  duration_to_duration: identity,
  int64_to_duration: helperCall("durationOfSeconds", { fails: true }),
  string_to_duration: ofText("duration", "durationOfText", duration),
  add_duration_duration: helperCall("addDurations", { fails: true }),
  add_duration_timestamp: helperCall("addToTimestamp", { fails: true }),
  add_timestamp_duration: helperCall("addToTimestamp", { fails: true }),
  subtract_duration_duration: helperCall("subtractDurations", { fails: true }),
  subtract_timestamp_duration: helperCall("subtractFromTimestamp", { fails: true }),
  subtract_timestamp_timestamp: helperCall("subtractTimestamps", { fails: true }),
  ...getter("year", "fullYear", year),
  ...getter("month", "month"),
  ...getter("day_of_year", "dayOfYear"),
  ...getter("day_of_month", "dayOfMonthFromZero"),
  ...getter("day_of_month_1_based", "dayOfMonth"),
  ...getter("day_of_week", "dayOfWeek"),
  ...Object.assign(
    {},
    ...["hours", "minutes", "seconds", "milliseconds"].map((name) => ({
      ...getter(name, name),
      [`duration_to_${name}`]: helperCall(`${name}OfDuration`),
    })),
  ),
};

/** A getter fails for times that no calendar has, and for what is no time zone. */
function getter(id: string, helper: string, range = part): Record<string, FunctionPrinter> {
  return {
    [`timestamp_to_${id}`]: helperCall(helper, { range, fails: true }),
    [`timestamp_to_${id}_with_tz`]: helperCall(helper, { range, fails: true }),
  };
}

/** A literal is read now, and the module makes its value once. */
function ofText(name: string, helper: string, type: CelType): FunctionPrinter {
  const atRunTime = helperCall(helper, { fails: true });
  return (args, result, emitter) => {
    const [text] = args;
    const known = typeof text?.constant === "string" ? evaluate(name, text.constant) : undefined;
    return known === undefined
      ? atRunTime(args, result, emitter)
      : constantTime(type, known.seconds, known.nanos);
  };
}

function evaluate(
  name: string,
  text: string,
): { readonly seconds: bigint; readonly nanos: number } | undefined {
  const result: unknown = run(`${name}(text)`, { text });
  const message =
    typeof result === "object" && result !== null && "message" in result
      ? result.message
      : undefined;
  return typeof message === "object" &&
    message !== null &&
    "seconds" in message &&
    "nanos" in message
    ? { seconds: BigInt(String(message.seconds)), nanos: Number(message.nanos) }
    : undefined;
}
