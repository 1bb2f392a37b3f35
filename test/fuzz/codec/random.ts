/** Seeded random choices, so that every failure can be replayed. */
export interface Random {
  /** A number from 0 up to 1. */
  next(): number;
  /** An integer from 0 up to `limit`. */
  below(limit: number): number;
  /** True in one of `n` cases. */
  oneIn(n: number): boolean;
  /** One of the values. */
  pick<T>(values: readonly T[]): T;
}

/** The generator sfc32, seeded with an integer. */
export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 0x1_0000_0000;
  };
  for (let i = 0; i < 12; i++) {
    next();
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    oneIn: (n) => below(n) === 0,
    pick(values) {
      const value = values[below(values.length)];
      if (value === undefined && values.length === 0) {
        throw new Error("nothing to pick from");
      }
      return value as (typeof values)[number];
    },
  };
}
