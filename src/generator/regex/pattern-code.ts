import { type Code, code, helper, stringLiteral } from "../code.ts";
import type { LiteralPattern } from "./literal-pattern.ts";
import type { LoweredPattern } from "./lower-pattern.ts";
import type { RegExpParts } from "./regexp-source.ts";

/**
 * Code that is true if a text matches.
 *
 * @param subject an expression of type string, evaluated once or twice
 */
export function patternTest(lowered: LoweredPattern, subject: Code): Code {
  switch (lowered.kind) {
    case "constant":
      return code`${String(lowered.matches)}`;
    case "literal":
      return literalTest(lowered, subject);
    case "regExp":
      return code`${constant(regExpLiteral(lowered))}.test(${subject})`;
    case "everyCodePoint": {
      const outside = constant(regExpLiteral(lowered));
      return lowered.mayBeEmpty
        ? code`!${outside}.test(${subject})`
        : code`(${subject} !== "" && !${outside}.test(${subject}))`;
    }
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
