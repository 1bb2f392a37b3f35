import { code } from "../../code.ts";
import { bool } from "../cel-type.ts";
import { celHelper } from "./helpers.ts";
import { binary, callCode, Level, plain, primary, type Value } from "./value.ts";

const operators = {
  and: { sign: "&&", level: Level.and, neutral: true },
  or: { sign: "||", level: Level.or, neutral: false },
} as const;

/**
 * `a && b` or `a || b`. An operand that fails doesn't matter if the other one
 * decides. If only one of them may fail, it goes last, and JavaScript's
 * operator does the same; both may be swapped, as they have no side effects.
 */
export function logic(name: keyof typeof operators, a: Value, b: Value): Value {
  const { sign, level, neutral } = operators[name];
  for (const [known, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (typeof known.constant === "boolean") {
      return known.constant === neutral ? other : known;
    }
  }
  if (a.fails && b.fails) {
    const text = callCode(celHelper(name), [code`() => ${a.code}`, code`() => ${b.code}`]);
    return primary(text, bool, plain, { fails: true });
  }
  const [first, second] = a.fails ? [b, a] : [a, b];
  // Both operators are associative, but parentheses are needed only on the right.
  return binary(first, sign, second, level, bool);
}
