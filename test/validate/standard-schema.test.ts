import { describe, expect, expectTypeOf, it } from "vitest";
import {
  GetLocalTimeRequestSchema,
  GetSunTimesRequestSchema,
} from "../../generated/actions/almanac/v1/almanac.ts";
import type { GetSunTimesRequest } from "../../generated/types/almanac/v1/almanac.ts";
import { propertyPath } from "../../src/runtime/validate/shape/property-path.ts";
import { RuleError, standardProps } from "../../src/validate.ts";

const { validate } = GetSunTimesRequestSchema["~standard"];

describe("a generated schema", () => {
  it("returns a complete message as it is", () => {
    const message = { place: { latitude: 1, longitude: 2 }, date: "2026-01-02" };
    const result = validate(message);
    expect(result).toEqual({ value: message });
    expect("value" in result && result.value).toBe(message);
  });

  it("completes what is missing", () => {
    expect(validate({ place: { latitude: 1 }, date: "2026-01-02" })).toEqual({
      value: { place: { latitude: 1, longitude: 0 }, date: "2026-01-02" },
    });
    expect(GetLocalTimeRequestSchema["~standard"].validate({ timeZone: "UTC", at: null })).toEqual({
      value: { timeZone: "UTC", at: undefined },
    });
  });

  it("names what has another type, by the names of properties", () => {
    expect(validate({ place: { latitude: "1" }, date: 5 })).toEqual({
      issues: [
        { message: "must be a number, not a string", path: ["place", "latitude"] },
        { message: "must be a string, not the number 5", path: ["date"] },
      ],
    });
    expect(validate("x")).toEqual({ issues: [{ message: "must be an object, not a string" }] });
  });

  it("names the rules that are broken", () => {
    expect(validate({ place: { latitude: 91, longitude: 0 }, date: "2026-01-02" })).toEqual({
      issues: [
        {
          message: "must be greater than or equal to -90 and less than or equal to 90",
          path: ["place", "latitude"],
        },
      ],
    });
    expect(validate({ date: "2026-01-02" })).toEqual({
      issues: [{ message: "value is required", path: ["place"] }],
    });
  });

  it("says which types it takes and returns", () => {
    type Types = NonNullable<(typeof GetSunTimesRequestSchema)["~standard"]["types"]>;
    expectTypeOf<Types["output"]>().toEqualTypeOf<GetSunTimesRequest>();
    expectTypeOf<{ place: { latitude: 1 } }>().toExtend<Types["input"]>();
  });
});

it("a rule that can't be evaluated is an issue, other errors are thrown", () => {
  const failing = (error: Error) =>
    standardProps({
      init: (value: object) => value,
      check: () => {},
      validate: () => {
        throw error;
      },
    }).validate({});
  expect(failing(new RuleError("why"))).toEqual({ issues: [{ message: "why" }] });
  expect(() => failing(new TypeError("bug"))).toThrow("bug");
});

describe("paths by the names of properties", () => {
  const step = (fieldName: string) => ({ fieldNumber: 1, fieldName, fieldType: 9 });

  it.each([
    [{ fooBar: 1 }, [step("foo_bar")], ["fooBar"]],
    [{ upperSnake: 1 }, [step("UPPER_SNAKE")], ["upperSnake"]],
    [{ UPPERSNAKE: 1 }, [step("UPPER_SNAKE")], ["UPPERSNAKE"]],
    [{ constructor$: 1 }, [step("constructor")], ["constructor$"]],
    [{}, [step("not_set")], ["notSet"]],
    [
      { choice: { $case: "fooBar", value: { a: 1 } } },
      [step("foo_bar"), step("a")],
      ["choice", "value", "a"],
    ],
    [{ choice: { case: "fooBar", value: 1 } }, [step("foo_bar")], ["choice", "value"]],
    [{ choice: { case: undefined } }, [step("foo_bar")], ["fooBar"]],
    [
      { all: [{}, { aB: 1 }] },
      [{ ...step("all"), subscript: { kind: "index", value: 1 } }, step("a_b")],
      ["all", 1, "aB"],
    ],
    [
      { map: { "x.y": { aB: 1 } } },
      [{ ...step("map"), subscript: { kind: "stringKey", value: "x.y" } }, step("a_b")],
      ["map", "x.y", "aB"],
    ],
    [
      { map: new Map([[1n, { choice: { $case: "aB", value: 1 } }]]) },
      [{ ...step("map"), subscript: { kind: "intKey", value: 1n } }, step("a_b")],
      ["map", "1", "choice", "value"],
    ],
  ] as const)("of %o", (message, path, properties) => {
    expect(propertyPath(message, path)).toEqual(properties);
  });
});
