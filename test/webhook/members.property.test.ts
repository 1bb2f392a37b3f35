import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitMembers } from "../../src/runtime/http/json-members.ts";

const members = (text: string, maxDepth = 100) => {
  const split = splitMembers(text, maxDepth);
  return split && Object.fromEntries(split);
};

describe("members of a JSON object", () => {
  it("are texts that parse to what the object has", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        const split = splitMembers(text, 1000);
        if (split === undefined) {
          // Names with escapes are left to others.
          expect(Object.keys(object).some((name) => JSON.stringify(name).includes("\\"))).toBe(
            true,
          );
        } else {
          const parsed = [...split].map(([name, value]) => [name, JSON.parse(value)]);
          expect(parsed).toEqual(Object.entries(JSON.parse(text)));
        }
      }),
    );
  });

  it("are never read out of what is no JSON, if each of them is parsed", () => {
    const pieces = ["{", "}", "[", "]", '"', '"a"', ":", ",", " ", "1", "\\", "null", "\n"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join("");
        const split = splitMembers(text, 100);
        const parses = (value: string) => {
          try {
            JSON.parse(value);
            return true;
          } catch {
            return false;
          }
        };
        if (split !== undefined && [...split.values()].every(parses)) {
          expect(parses(text), text).toBe(true);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ["", "no object"],
    ["[]", "no object"],
    ['{"a":1,"a":2}', "a name twice"],
    ['{"\\u0061":1}', "a name with escapes"],
    ['{"a":1}x', "something behind it"],
    ['{"a":1,}', "a comma too many"],
    ['{"a"}', "no value"],
    ['{"a":', "no end"],
    ['{"a":"\\"}', "no end of a string"],
  ])("of %j are left to others: %s", (text) => {
    expect(members(text)).toBeUndefined();
  });

  it("nest no deeper than is allowed", () => {
    expect(members('{"a":[[1]]}', 3)).toEqual({ a: "[[1]]" });
    expect(members('{"a":[[1]]}', 2)).toBeUndefined();
    expect(members('{"a":"[[[","b":[ ] }', 2)).toEqual({ a: '"[[["', b: "[ ]" });
  });
});
