// botwire/validate: validating messages, and what generated validators import.

export { automaton, type Matcher } from "./runtime/validate/regex/automaton.ts";
