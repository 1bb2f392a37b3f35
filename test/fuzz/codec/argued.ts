import type { Difference } from "./compare.ts";

/** A difference from protobuf-es that is meant to be there. */
export interface ArguedDifference {
  /** What is different, and why. */
  readonly reason: string;
  matches(difference: Difference): boolean;
}

/** An integer between quotes that isn't in its shortest decimal form. */
const unusualInteger = /"(?:\s+-?\d+\s*|-?\d+\s+|\+\d+|0[xXbBoO][\da-fA-F]+|-0+|-?0\d+)"/;

/** A number without quotes that a double holds only roughly. */
const roughInteger = /[:[]-?\d{16,}[,\]}]/;

/** All of them. Whatever is not here has to be equal. */
export const arguedDifferences: readonly ArguedDifference[] = [
  {
    reason:
      'protobuf-es overlooks text behind the "s" of a Duration ("1s and more"). The specification has no place for it, and botwire refuses it.',
    matches: ({ input, actual }) => actual === "refused" && /"-?\d[\d.]*s[^"]+"/.test(input),
  },
  {
    reason:
      'protobuf-es keeps the text of 64-bit integers that are keys of a map, or have jstype = JS_STRING, as it came: " 5", "0x10", or a double in place of the integer. So one key may be in a map twice. botwire keeps the integer, in its shortest form.',
    matches: ({ input }) => unusualInteger.test(input) || roughInteger.test(input),
  },
];

/** Whether a difference is one that is meant to be there. */
export function isArgued(difference: Difference): boolean {
  return arguedDifferences.some((argued) => argued.matches(difference));
}
