/** A source of random numbers that a seed determines (mulberry32). */
export interface Random {
  /** From 0 up to, but without, the limit. */
  below(limit: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}

const letters = ["a", "b", "c", "A", "k", "0", "_", "-", " ", "\n", "é", "ſ", "K", "😀"] as const;

const atoms = [
  ".",
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  "[ab]",
  "[^a]",
  "[a-c]",
  "[^\\n]",
  "[[:alpha:]]",
  "[[:^digit:]b]",
  "[\\w-]",
  "[]a]",
  "[^]a]",
  "\\pL",
  "\\PL",
  "\\p{Lu}",
  "\\p{^Greek}",
  "[\\p{Nd}x]",
  "\\x61",
  "\\x{1F600}",
  "\\Qa.b\\E",
  "\\n",
  "\\.",
  "\\-",
  "\\101",
] as const;

const assertions = ["^", "$", "\\A", "\\z", "\\b", "\\B"] as const;
const quantifiers = [
  "*",
  "+",
  "?",
  "{2}",
  "{1,3}",
  "{0,2}",
  "{2,}",
  "{0}",
  "*?",
  "+?",
  "??",
] as const;
const groups = ["(", "(?:", "(?i:", "(?s:", "(?m:", "(?-s:", "(?U:", "(?P<n>"] as const;

/** A random pattern, nearly always a valid one. */
export function randomPattern(random: Random): string {
  const inner = alternatives(random, 3);
  switch (random.below(6)) {
    case 0:
      return `^${inner}$`;
    case 1:
      return `^(?:${inner})$`;
    case 2:
      return `(?i)${inner}`;
    default:
      return inner;
  }
}

function alternatives(random: Random, depth: number): string {
  const count = random.below(4) === 0 ? 1 + random.below(3) : 1;
  return Array.from({ length: count }, () => sequence(random, depth)).join("|");
}

function sequence(random: Random, depth: number): string {
  return Array.from({ length: random.below(4) }, () => term(random, depth)).join("");
}

function term(random: Random, depth: number): string {
  const choice = random.below(20);
  if (choice === 0) {
    return random.pick(assertions);
  }
  const item =
    choice < 5 && depth > 0
      ? `${random.pick(groups)}${alternatives(random, depth - 1)})`
      : choice < 12
        ? random.pick(letters)
        : random.pick(atoms);
  return random.below(3) === 0 ? item + random.pick(quantifiers) : item;
}

/** A text of the characters that random patterns are made of. */
export function randomText(random: Random): string {
  const length = random.below(4) === 0 ? random.below(40) : random.below(8);
  const few = random.below(2) === 0;
  return Array.from({ length }, () =>
    few
      ? random.pick(["a", "b", "a", "a"])
      : random.pick([...letters, "\r", "\u2028", "x", ".", "λ"]),
  ).join("");
}
