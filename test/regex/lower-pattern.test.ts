import { describe, expect, it } from "vitest";
import { type CodeScope, code, constantValue, printCode } from "../../src/generator/code.ts";
import { lowerPattern } from "../../src/generator/regex/lower-pattern.ts";
import { patternTest } from "../../src/generator/regex/pattern-code.ts";
import { matcherOf } from "./matcher-of.ts";

/** What the pattern becomes in generated code, constants in their place. */
function generated(pattern: string): string {
  const lowered = lowerPattern(pattern);
  if (lowered.kind === "error") {
    return `error: ${lowered.message}`;
  }
  const scope: CodeScope = {
    import: ({ name }) => name,
    type: ({ desc }) => desc.name,
    constant: (constant) => printCode(scope, constantValue(constant)),
  };
  return printCode(scope, patternTest(lowered, code`s`));
}

describe("a pattern becomes", () => {
  it.each([
    ["", "true"],
    ["^a*", "true"],
    ["[^\\x00-\\x{10FFFF}]", "false"],
    ["^$", 's === ""'],
    ["^foo$", 's === "foo"'],
    ["^foo", 's.startsWith("foo")'],
    ["foo$", 's.endsWith("foo")'],
    ["a+foo.*", 's.includes("afoo")'],
    ["^\\Q</script>\u2028\\E$", 's === "</script>\\u2028"'],
    ["^[a-z_]{1,32}$", '(s !== "" && s.length <= 32 && !/[^_a-z]/.test(s))'],
    ["^\\d{3,}$", "(s.length >= 3 && !/[^0-9]/.test(s))"],
    ["^.{1,64}$", "/^[^\\n]{1,64}$/u.test(s)"],
    ["^(a+)+$", "/^a+$/.test(s)"],
    ["^(?:GET|POST)/$", "/^(?:GET|POST)\\/$/.test(s)"],
    ["(?i)^id-", "/^[Ii][Dd]-/.test(s)"],
    ["^.+$", '(s !== "" && !/\\n/.test(s))'],
    ["^[^\\n]*$", "!/\\n/.test(s)"],
    ["^[a-z]+(-[a-z]+)*$", '(s !== "" && !/[^\\-a-z]|^-|-(?:-|$)/.test(s))'],
    [
      "^[a-z]([-a-z]*[a-z])?(\\.[a-z]([-a-z]*[a-z])?)*$",
      '(s !== "" && !/[^\\-.a-z]|^[\\-.]|\\.(?:[\\-.]|$)|-(?:\\.|$)/.test(s))',
    ],
    ["^([a-z]+\\.)+[a-z]{2}$", 'automaton("AAuBBBAyBCaA", "AADAAEDAAAFAAEGAAEDB").test(s)'],
    ["a.{20}b.{900}c", 're2("a.{20}b.{900}c").test(s)'],
  ])("%j → %s", (pattern, expected) => {
    expect(generated(pattern)).toBe(expected);
  });
});

describe("matching takes linear time and bounded space", () => {
  const attacks: readonly (readonly [pattern: string, text: (length: number) => string])[] = [
    ["^(a+)+$", (n) => `${"a".repeat(n)}!`],
    ["^(a|a)*$", (n) => `${"a".repeat(n)}!`],
    ["^(a|aa)+$", (n) => `${"a".repeat(n)}!`],
    ["^(a*)*$", (n) => `${"a".repeat(n)}!`],
    ["^(a?){30}a{30}$", (n) => "a".repeat(n)],
    ["^([a-zA-Z]+)*$", (n) => `${"a".repeat(n)}1`],
    ["a*a*a*b$", (n) => "a".repeat(n)],
    ["^a*a*a*$", (n) => `${"a".repeat(n)}b`],
    ["a+b", (n) => "a".repeat(n)],
    ["[ab]*c", (n) => "ab".repeat(n / 2)],
    ["\\s+$", (n) => `${" ".repeat(n)}x`],
    ["x.*y.*z$", (n) => "xy".repeat(n / 2)],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", (n) => "a".repeat(n)],
    ["^[a-z0-9]+(-[a-z0-9]+)*$", (n) => `${"a-".repeat(n / 2)}-`],
    ["^(.+)@(.+)$", (n) => "@".repeat(n)],
    ["^\\w+([.-]?\\w+)*@\\w+$", (n) => "a".repeat(n)],
    ["(?s)^(.*,){11}P", (n) => "1,".repeat(n / 2)],
    ["^\\pL+ \\pL+$", (n) => "é".repeat(n)],
    ["^[^x]*x[^y]*$", (n) => "€".repeat(n)],
  ];

  it.each(attacks)("%j", (pattern, text) => {
    const lowered = lowerPattern(pattern);
    expect(lowered.kind).not.toBe("error");
    if (lowered.kind !== "error") {
      const matcher = matcherOf(lowered);
      // Quadratic time would take minutes, and V8's stack would overflow.
      matcher.test(text(1000));
      const begin = performance.now();
      matcher.test(text(lowered.kind === "re2" ? 100_000 : 20_000_000));
      expect(performance.now() - begin).toBeLessThan(lowered.kind === "re2" ? 2000 : 4000);
    }
  });
});
