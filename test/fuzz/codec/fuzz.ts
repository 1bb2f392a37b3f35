import { fromJsonString } from "@bufbuild/protobuf";
import type { Fixtures } from "../../codec/fixtures.ts";
import { isArgued } from "./argued.ts";
import { compare, type Difference } from "./compare.ts";
import { mutate, randomMessage } from "./inputs.ts";
import { createRandom } from "./random.ts";

/** How much to try. */
export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Ends after so many differences. */
  readonly limit: number;
}

/** What was found. */
export interface FuzzResult {
  readonly differences: readonly Difference[];
  /** How many inputs protobuf-es accepted: neither all nor none should be. */
  readonly accepted: number;
}

/** Compares botwire with protobuf-es on random messages, most of them mutated. */
export function fuzz(fixtures: Fixtures, { inputs, seed, limit }: FuzzOptions): FuzzResult {
  const random = createRandom(seed);
  const differences: Difference[] = [];
  let accepted = 0;
  for (let i = 0; i < inputs && differences.length < limit; i++) {
    const fixture = random.pick(fixtures.all);
    const valid = randomMessage(random, fixture.desc);
    const text = random.oneIn(4) ? valid : mutate(random, valid, fixture.desc);
    const ignoreUnknown = random.oneIn(4);
    const difference = compare(fixtures, fixture, text, ignoreUnknown);
    if (difference !== undefined && !isArgued(difference)) {
      differences.push(difference);
    }
    if (i % 8 === 0 && accepts(fixtures, fixture.desc, text)) {
      accepted += 8;
    }
  }
  return { differences, accepted };
}

function accepts(
  { registry }: Fixtures,
  desc: Fixtures["all"][number]["desc"],
  text: string,
): boolean {
  try {
    fromJsonString(desc, text, { registry });
    return true;
  } catch {
    return false;
  }
}
