import { ScalarType } from "@bufbuild/protobuf";
import type { Random } from "../../regex/random-pattern.ts";

/** A number that fits a numeric type: small ones, and those at its ends. */
export function randomNumber(random: Random, type: ScalarType): number | bigint {
  switch (type) {
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return randomFloat(random, type);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return random.pick([0, 1, 2, 3, -1, -2, 2147483647, -2147483648]);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.pick([0, 1, 2, 3, 4, 4294967295]);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return random.pick([0n, 1n, 2n, 3n, 9007199254740993n, 18446744073709551615n]);
    default:
      return random.pick([0n, 1n, 2n, -1n, -2n, 9007199254740993n, -9223372036854775808n]);
  }
}

function randomFloat(random: Random, type: ScalarType): number {
  const value = random.pick([
    0,
    -0,
    1,
    1.5,
    2,
    -1,
    0.1,
    1e300,
    1e-7,
    1e21,
    NaN,
    Infinity,
    -Infinity,
  ]);
  return type === ScalarType.FLOAT ? Math.fround(value) : value;
}
