import { parsePattern } from "../../src/generator/regex/parse-pattern.ts";
import type { RegexNode } from "../../src/generator/regex/regex-node.ts";
import type { Random } from "./random-pattern.ts";

/** A text that a pattern of RE2 matches, if its assertions let it. */
export function samplePattern(random: Random, pattern: string): string {
  let node = parsed.get(pattern);
  if (node === undefined) {
    node = parsePattern(pattern);
    parsed.set(pattern, node);
  }
  return sample(random, node, 64);
}

const parsed = new Map<string, RegexNode>();

function sample(random: Random, node: RegexNode, most: number): string {
  switch (node.kind) {
    case "empty":
      return "";
    case "assertion":
      return node.at.startsWith("line") && random.below(3) === 0 ? "\n" : "";
    case "set": {
      const at = 2 * random.below(node.set.length / 2);
      const [low = 0x61, high = low] = node.set.slice(at, at + 2);
      const offset = random.pick([0, high - low, random.below(high - low + 1)]);
      return String.fromCodePoint(low + offset);
    }
    case "concat":
      return node.items.map((item) => sample(random, item, most)).join("");
    case "alternate":
      return sample(random, node.items[random.below(node.items.length)] ?? { kind: "empty" }, most);
    case "repeat": {
      const times = random.pick([node.min, node.min + random.below(4), Math.min(node.max, most)]);
      const length = Math.min(times, node.max, most);
      return Array.from({ length }, () => sample(random, node.item, most >> 2)).join("");
    }
  }
}
