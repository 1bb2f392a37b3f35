import { describe, expect, it } from "vitest";
import { checkPlace, isPlace } from "../../generated/actions/almanac/v1/almanac.shape.ts";
import { isEach, isObject, isRecord, ShapeCollector } from "../../src/validate.ts";
import { runPlugin } from "../generator/run-plugin.ts";

const proto = `syntax = "proto3";
package a.v1;
import "google/protobuf/timestamp.proto";
message Leaf { string text = 1; optional int32 number = 2; }
message Branch { repeated Leaf leaves = 1; oneof one { Leaf leaf = 2; bool no = 3; } }
message Tree { Branch branch = 1; repeated Tree trees = 2; }
message Event { Leaf leaf = 1; google.protobuf.Timestamp at = 2; }
message D1 {} message D2 { D1 d = 1; } message D3 { D2 d = 1; } message D4 { D3 d = 1; }
message D5 { D4 d = 1; } message D6 { D5 d = 1; } message D7 { D6 d = 1; }
message D8 { D7 d = 1; } message D9 { D8 d = 1; }`;

/** The tests in haste that a model's module has. */
function quickNames(model: string): string[] {
  const text = runPlugin({ "a/v1/a.proto": proto }, `model=${model}`)["a/v1/a.shape.ts"] ?? "";
  return [...text.matchAll(/function is(\w+)\(/g)].map(([, name = ""]) => name);
}

describe("tests in haste", () => {
  it.each(["ts-proto", "protobuf-es"])(
    "are for messages of a few levels whose members have such tests (%s)",
    (model) => {
      const levels = ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"];
      expect(quickNames(model)).toEqual(["Leaf", "Branch", ...levels]);
    },
  );

  it.each([
    [{ latitude: 1, longitude: 2 }, true],
    [Object.assign(Object.create(null), { latitude: 1, longitude: 2 }), true],
    [{ constructor: 1, latitude: 1, longitude: 2 }, true],
    [{ latitude: 1 }, false],
    [{ latitude: 1, longitude: "2" }, false],
    [{ latitude: 1, longitude: null }, false],
    [Object.assign(new Date(0), { latitude: 1, longitude: 2 }), false],
    [Object.assign([], { latitude: 1, longitude: 2 }), false],
    [null, false],
    [undefined, false],
    ["x", false],
  ])("pass what a check takes for a complete message (%#)", (value, passes) => {
    expect(isPlace(value)).toBe(passes);
    const shape = new ShapeCollector();
    checkPlace(value, shape);
    expect(shape.count === 0 && !shape.incomplete).toBe(passes);
  });

  it("hold every element of a list against a test", () => {
    expect(isEach([], isRecord)).toBe(true);
    expect(isEach([{}, {}], isRecord)).toBe(true);
    expect(isEach([{}, []], isRecord)).toBe(false);
    expect(isEach(new Array(1), isRecord)).toBe(false);
    expect(isEach({ length: 0 }, isRecord)).toBe(false);
    expect([{}, [], null, "x", undefined].map(isObject)).toEqual([true, true, false, false, false]);
  });
});
