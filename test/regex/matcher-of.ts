import type { LoweredPattern } from "../../src/generator/regex/lower-pattern.ts";
import { automaton, type Matcher } from "../../src/runtime/validate/regex/automaton.ts";
import { re2 } from "../../src/runtime/validate/regex/re2.ts";

/** What the generated code for a lowered pattern does, without generating it. */
export function matcherOf(lowered: LoweredPattern): Matcher {
  switch (lowered.kind) {
    case "constant":
      return { test: () => lowered.matches };
    case "literal":
      return { test: (text) => literalTest(lowered.place, text, lowered.text) };
    case "regExp":
      return new RegExp(lowered.source, lowered.flags);
    case "absence": {
      const { source, flags, min, max } = lowered;
      const wrong = new RegExp(source, flags);
      return {
        test: (text) => text.length >= min && text.length <= max && !wrong.test(text),
      };
    }
    case "dfa":
      return automaton(lowered.alphabet, lowered.transitions);
    case "re2":
      return re2(lowered.pattern);
  }
}

function literalTest(place: string, text: string, literal: string): boolean {
  switch (place) {
    case "whole":
      return text === literal;
    case "start":
      return text.startsWith(literal);
    case "end":
      return text.endsWith(literal);
    default:
      return text.includes(literal);
  }
}
