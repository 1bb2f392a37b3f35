import { compareWithRe2 } from "../regex/differential.ts";
import type { FuzzOptions } from "./run.ts";

const textsPerPattern = 20;

/** Compares what patterns are lowered to with the RE2 library; the inputs are texts. */
export async function fuzzPatterns({ inputs, seed }: FuzzOptions): Promise<number> {
  const patterns = Math.ceil(inputs / textsPerPattern);
  const { kinds, texts, differences } = compareWithRe2(seed, patterns, textsPerPattern);
  for (const difference of differences.slice(0, 20)) {
    console.log(JSON.stringify(difference));
  }
  const counts = Array.from(kinds, ([kind, count]) => `${count} ${kind}`).join(", ");
  console.log(`${patterns} patterns (${counts}), ${texts} texts`);
  return differences.length;
}
