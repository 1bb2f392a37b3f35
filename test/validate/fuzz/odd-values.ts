import { ScalarType } from "@bufbuild/protobuf";
import type { Random } from "../../regex/random-pattern.ts";

/** Parts of texts that are easily counted, cut or compared wrongly. */
const oddTexts = [
  "\u{1f600}",
  "\ud83d",
  "\ude00",
  "\ude00\ud83d",
  "e\u0301",
  "\u00e9",
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "\u0000",
  "\ufeff",
  "\u202e",
  "\u2028",
  "\uffff",
  "\u{10ffff}",
  "\u0130",
  "\u017f",
  "\u212a",
  "\u0661",
  "\uff11",
  "\u3002",
  "xn--",
  "\r\n",
  "\u0085",
  "\u00a0",
  "%00",
  "__proto__",
  "'\"`$\\",
] as const;

/** A text that no person types: with surrogates that stand alone, NUL, or very long. */
export function oddText(random: Random, base: string): string {
  const odd = random.pick(oddTexts);
  switch (random.below(12)) {
    case 0:
      return odd;
    case 1:
      return odd.repeat(1 + random.below(300));
    case 2:
      return base.repeat(1 + random.below(20));
    case 3:
      return random.below(20) === 0 ? odd.repeat(20_000) : base + odd.repeat(30);
    default: {
      const at = random.below(base.length + 1);
      return base.slice(0, at) + odd + base.slice(at + random.below(2));
    }
  }
}

/** The ends of a numeric type, and what is next to them. */
export function oddNumber(random: Random, type: ScalarType): number | bigint {
  switch (type) {
    case ScalarType.DOUBLE:
      return random.pick([
        Number.MAX_VALUE,
        Number.MIN_VALUE,
        -0,
        Number.NaN,
        2 ** 53 + 2,
        -1e-320,
      ]);
    case ScalarType.FLOAT:
      return Math.fround(
        random.pick([3.4028234663852886e38, 1e-45, -0, Number.NaN, 16777217, 0.1]),
      );
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return random.pick([2147483647, 2147483646, -2147483648, -2147483647]);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.pick([4294967295, 4294967294, 2147483648, 0]);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return random.pick([(1n << 64n) - 1n, (1n << 64n) - 2n, 1n << 63n, (1n << 53n) + 1n]);
    default:
      return random.pick([(1n << 63n) - 1n, (1n << 63n) - 2n, -(1n << 63n), 1n - (1n << 63n)]);
  }
}

/** Seconds and nanoseconds at the ends of what a Timestamp or Duration holds, or past them. */
export function oddTime(random: Random): { seconds: bigint; nanos: number } {
  return {
    seconds: random.pick([
      -62_135_596_800n,
      -62_135_596_801n,
      253_402_300_799n,
      253_402_300_800n,
      315_576_000_000n,
      315_576_000_001n,
      -315_576_000_000n,
      -315_576_000_001n,
      0n,
      1n,
      -1n,
      1_700_000_000n,
      (1n << 63n) - 1n,
      -(1n << 63n),
    ]),
    nanos: random.pick([0, 0, 1, 999_999_999, 1_000_000_000, -1, -999_999_999, 2147483647]),
  };
}
