import { RE2JS } from "@bufbuild/re2";
import { describe, expect, it } from "vitest";
import { lowerPattern } from "../../src/generator/regex/lower-pattern.ts";
import { matcherOf } from "./matcher-of.ts";

/**
 * Patterns that mean something else to RE2 than to JavaScript: the pattern, a
 * text, and whether RE2 finds it.
 */
const traps: readonly (readonly [pattern: string, text: string, found: boolean])[] = [
  ["^.$", "\r", true],
  ["^.$", "\u2028", true],
  ["^.$", "\u{1f600}", true],
  ["^.{2}$", "\u{1f600}", false],
  ["^[^a]$", "\u{1f600}", true],
  ["^\\s$", "\v", false],
  ["^\\s$", "\u00a0", false],
  ["a\\z", "a", true],
  ["\\Aa", "ba", false],
  ["^[[:alpha:]]+$", "abc", true],
  ["(?i)^straSSe$", "STRA\u017fse", true],
  ["(?i)^k$", "\u212a", true],
  ["^(?P<year>\\d{4})$", "2026", true],
  ["^\\pL+$", "\u00e9t\u00e9", true],
  ["^\\p{Greek}$", "\u03bb", true],
  ["^\\Qa.b\\E$", "a.b", true],
  ["^\\Qa.b\\E$", "axb", false],
  ["^\\x{1F600}$", "\u{1f600}", true],
  ["(?s)^.$", "\n", true],
  ["(?m)^b$", "a\nb\nc", true],
  ["^b$", "a\nb\nc", false],
  ["^(?U)a+$", "aaa", true],
  ["\\bfoo\\b", "\u00e9foo", true],
];

describe("RE2's meaning", () => {
  it.each(traps)("of %j in %j", (pattern, text, found) => {
    expect(RE2JS.compile(pattern).test(text)).toBe(found);
    const lowered = lowerPattern(pattern);
    expect(lowered.kind === "error" ? lowered : matcherOf(lowered).test(text)).toBe(found);
  });
});

describe("a brace that begins no repetition", () => {
  it("is literal and may be repeated, as in RE2 and Go, though not in the library", () => {
    const lowered = lowerPattern("^x{*$");
    expect(lowered.kind === "error" ? lowered : matcherOf(lowered).test("x{{")).toBe(true);
    expect(() => RE2JS.compile("^x{*$")).toThrow("invalid nested repetition operator");
  });
});

describe("what is no RE2", () => {
  it.each([
    ["(a)\\1", 3, 'invalid escape sequence "\\\\1" (backreferences are not regular)'],
    ["a(?=b)", 1, 'invalid or unsupported Perl syntax "(?=" (look-around is not regular)'],
    ["a(?!b)", 1, 'invalid or unsupported Perl syntax "(?!" (look-around is not regular)'],
    ["(?<=a)b", 0, "invalid named capture (look-behind is not regular)"],
    ["(?<!a)b", 0, "invalid named capture (look-behind is not regular)"],
    ["xa{1001}", 2, 'invalid repeat count "{1001}": at most 1000, nested ones multiplied'],
    ["(a{40}){40}", 7, 'invalid repeat count "{40}": at most 1000, nested ones multiplied'],
    ["a**", 2, 'invalid nested repetition operator "**"'],
    ["|*", 1, "missing argument to repetition operator"],
    ["ab[c", 2, "missing closing ]"],
    ["a(b", 1, "missing closing )"],
    ["a)b", 1, "unexpected )"],
    ["[b-a]", 1, 'invalid character class range "b-a"'],
    ["[[:no:]]", 1, 'invalid character class range "[:no:]"'],
    ["\\p{Klingon}", 0, 'invalid character class range: unknown Unicode property "Klingon"'],
    ["(?P<n>a)(?P<n>b)", 8, 'duplicate capture group name "n"'],
    ["(?P<a b>c)", 0, "invalid named capture"],
    ["a\\", 1, "trailing backslash at end of expression"],
    ["\\C", 0, 'invalid escape sequence "\\\\C"'],
    ["\\x{110000}", 0, 'invalid escape sequence "\\\\x{110000}"'],
    ["(?z)", 0, 'invalid or unsupported Perl syntax "(?z"'],
  ])("%j is refused where it goes wrong", (pattern, position, message) => {
    expect(lowerPattern(pattern)).toEqual({ kind: "error", position, message });
    expect(() => RE2JS.compile(pattern)).toThrow();
  });

  it("is refused if groups nest too deeply", () => {
    const pattern = "(".repeat(1001) + ")".repeat(1001);
    expect(lowerPattern(pattern)).toMatchObject({ kind: "error", position: 1000 });
    expect(() => RE2JS.compile(pattern)).toThrow();
  });
});
