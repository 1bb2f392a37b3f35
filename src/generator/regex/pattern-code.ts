import { type Code, code, helper, join, stringLiteral } from "../code.ts";
import type { LiteralPattern } from "./literal-pattern.ts";
import type { LoweredPattern } from "./lower-pattern.ts";
import type { RegExpParts } from "./regexp-source.ts";

type Absence = Extract<LoweredPattern, { kind: "absence" }>;

/**
 * Code that is true if a text matches.
 *
 * @param subject an expression of type string, evaluated up to three times
 */
export function patternTest(lowered: LoweredPattern, subject: Code): Code {
  switch (lowered.kind) {
    case "constant":
      return code`${String(lowered.matches)}`;
    case "literal":
      return literalTest(lowered, subject);
    case "regExp":
      return code`${constant(regExpLiteral(lowered))}.test(${subject})`;
    case "absence":
      return absenceTest(lowered, subject);
    case "dfa": {
      const tables = `${stringLiteral(lowered.alphabet)}, ${stringLiteral(lowered.transitions)}`;
      return code`${constant(code`${helper("automaton")}(${tables})`)}.test(${subject})`;
    }
    case "re2": {
      const library = { kind: "import", name: "re2", from: "botwire/re2" } as const;
      const made = code`${library}(${stringLiteral(lowered.pattern)})`;
      return code`${constant(made)}.test(${subject})`;
    }
  }
}

function absenceTest({ min, max, ...parts }: Absence, subject: Code): Code {
  const conditions = [
    ...(min === 1 ? [code`${subject} !== ""`] : min > 1 ? [code`${subject}.length >= ${min}`] : []),
    ...(max === Infinity ? [] : [code`${subject}.length <= ${max}`]),
    code`!${constant(regExpLiteral(parts))}.test(${subject})`,
  ];
  return conditions.length === 1 ? join(conditions, "") : code`(${join(conditions, " && ")})`;
}

function constant(value: Code) {
  return { kind: "constant", hint: "pattern", value } as const;
}

function regExpLiteral({ source, flags }: RegExpParts): Code {
  return code`/${source}/${flags}`;
}

function literalTest({ place, text }: LiteralPattern, subject: Code): Code {
  const literal = stringLiteral(text);
  switch (place) {
    case "whole":
      return code`${subject} === ${literal}`;
    case "start":
      return code`${subject}.startsWith(${literal})`;
    case "end":
      return code`${subject}.endsWith(${literal})`;
    case "anywhere":
      return code`${subject}.includes(${literal})`;
  }
}
