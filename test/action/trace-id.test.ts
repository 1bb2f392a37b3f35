import { describe, expect, it } from "vitest";
import { randomTraceId, readTraceParent } from "../../src/runtime/action/trace-id.ts";

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const span = "00f067aa0ba902b7";

describe("readTraceParent", () => {
  it.each([
    ["version 00", `00-${trace}-${span}-01`],
    ["a later version", `01-${trace}-${span}-01`],
    ["a later version with more to it", `cc-${trace}-${span}-01-what-comes-then`],
  ])("takes %s", (_, header) => {
    expect(readTraceParent(header)).toBe(trace);
  });

  it.each([
    ["nothing", undefined],
    ["the empty string", ""],
    ["version ff", `ff-${trace}-${span}-01`],
    ["version 00 with more to it", `00-${trace}-${span}-01-more`],
    ["a trace id of zeros", `00-${"0".repeat(32)}-${span}-01`],
    ["a span id of zeros", `00-${trace}-${"0".repeat(16)}-01`],
    ["upper case", `00-${trace.toUpperCase()}-${span}-01`],
    ["a short trace id", `00-${trace.slice(1)}-${span}-012`],
    ["two headers in one", `00-${trace}-${span}-01, 00-${trace}-${span}-01`],
    ["too much", `01-${trace}-${span}-01-${"x".repeat(600)}`],
  ])("refuses %s", (_, header) => {
    expect(readTraceParent(header)).toBeUndefined();
  });
});

describe("randomTraceId", () => {
  it("makes different ids of 32 hex digits, over many pools", () => {
    const ids = new Set(Array.from({ length: 2000 }, () => randomTraceId()));
    expect(ids.size).toBe(2000);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
    }
  });
});
