import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBytes, countCodePoints } from "../../src/runtime/validate/length.ts";
import {
  hasBytes,
  hasLength,
  hasMaxBytes,
  hasMaxLength,
  hasMinBytes,
  hasMinLength,
} from "../../src/validate.ts";

/** Any sequence of UTF-16 units, surrogates more often than not. */
const text = fc
  .array(fc.constantFrom("a", "é", "€", "😀", "\ud800", "\udc00"), { maxLength: 12 })
  .map((parts) => parts.join(""));

describe("lengths", () => {
  it("are those of code points", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 14 }), (value, bound) => {
        const length = [...value].length;
        expect(countCodePoints(value)).toBe(length);
        expect(hasMinLength(value, bound)).toBe(length >= bound);
        expect(hasMaxLength(value, bound)).toBe(length <= bound);
        expect(hasLength(value, bound)).toBe(length === bound);
      }),
    );
  });

  it("are those of bytes in UTF-8", () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (value, bound) => {
        const length = encoder.encode(value).length;
        expect(countBytes(value)).toBe(length);
        expect(hasMinBytes(value, bound)).toBe(length >= bound);
        expect(hasMaxBytes(value, bound)).toBe(length <= bound);
        expect(hasBytes(value, bound)).toBe(length === bound);
      }),
    );
  });
});
