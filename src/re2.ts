// botwire/re2: what generated validators import for patterns that need the RE2 library.

export { matches, re2 } from "./runtime/validate/regex/re2.ts";
