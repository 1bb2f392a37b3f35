import { describe, expect, it } from "vitest";
import {
  assertValid,
  isValid,
  noRules,
  nowOf,
  RuleError,
  type Validated,
  ValidationError,
  validate,
} from "../../src/validate.ts";

interface Note {
  readonly text: string;
  readonly tags: readonly string[];
}

const text = { fieldNumber: 1, fieldName: "text", fieldType: 9 };
const tags = { fieldNumber: 2, fieldName: "tags", fieldType: 9 };

const schema: Validated<Note> = {
  validate(message, violations) {
    if (message.text === "") violations.add("1text:9||not_empty", "must not be empty");
    for (const tag of message.tags) {
      if (tag === "") violations.add("2tags:9||not_empty", "must not be empty");
      if (tag === "odd") throw new RuleError("who knows");
    }
    if (nowOf(violations).seconds === 1n) violations.add("||latest", "must be written now");
  },
};

const good: Note = { text: "a", tags: [] };
const bad: Note = { text: "", tags: ["", "b", ""] };

describe("validate", () => {
  it("returns what is broken", () => {
    expect(validate(schema, good)).toEqual([]);
    expect(validate(schema, bad).map(({ field }) => field)).toEqual([[text], [tags], [tags]]);
  });

  it("can stop at the first", () => {
    expect(validate(schema, bad, { failFast: true })).toHaveLength(1);
    expect(validate(schema, bad, { failFast: false })).toHaveLength(3);
  });

  it("has an answer if what comes after the first can't be evaluated", () => {
    const odd: Note = { text: "", tags: ["odd"] };
    expect(validate(schema, odd, { failFast: true })).toMatchObject([{ ruleId: "not_empty" }]);
    expect(() => validate(schema, odd)).toThrow("who knows");
    expect(() => validate(schema, { ...odd, text: "a" }, { failFast: true })).toThrow(RuleError);
  });

  it("can be told the time", () => {
    expect(validate(schema, good, { now: new Date(1000) })).toMatchObject([{ ruleId: "latest" }]);
  });

  it("finds nothing without rules", () => {
    expect(validate({ validate: noRules }, bad)).toEqual([]);
  });
});

it("isValid answers yes or no", () => {
  expect(isValid(schema, good)).toBe(true);
  expect(isValid(schema, good, { now: new Date(1000) })).toBe(false);
  expect(isValid(schema, bad)).toBe(false);
});

describe("assertValid", () => {
  it("accepts valid messages", () => {
    expect(() => assertValid(schema, good)).not.toThrow();
  });

  it("throws an error that says it as protovalidate does", () => {
    const failure = (message: Note, options = {}) => {
      try {
        assertValid(schema, message, options);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const error = failure(bad);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      name: "ValidationError",
      message: "text: must not be empty [not_empty], and 2 more violations",
      violations: validate(schema, bad),
    });
    expect(failure(bad, { failFast: true })).toMatchObject({
      message: "text: must not be empty [not_empty]",
    });
    expect(failure(good, { now: new Date(1000) })).toMatchObject({
      message: "must be written now [latest]",
    });
  });
});
