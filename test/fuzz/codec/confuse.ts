import type { Fixtures } from "../../codec/fixtures.ts";
import { isArgued } from "./argued.ts";
import { compare, type Difference } from "./compare.ts";
import { confuse } from "./inputs.ts";
import { traps } from "./traps.ts";

/** Compares botwire with protobuf-es for every trap in every field of the types that are wanted. */
export function confuseAll(
  fixtures: Fixtures,
  isWanted: (typeName: string) => boolean,
): { readonly differences: readonly Difference[]; readonly inputs: number } {
  const differences: Difference[] = [];
  let inputs = 0;
  for (const fixture of fixtures.all.filter(({ desc }) => isWanted(desc.typeName))) {
    for (const trap of traps) {
      for (const text of [trap, ...confuse(fixture.desc, trap)]) {
        for (const ignoreUnknown of [false, true]) {
          const difference = compare(fixtures, fixture, text, ignoreUnknown);
          inputs++;
          if (difference !== undefined && !isArgued(difference)) {
            differences.push(difference);
          }
        }
      }
    }
  }
  return { differences, inputs };
}
