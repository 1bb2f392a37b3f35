import { describe, expect, it } from "vitest";
import { runSpec, type SpecOutcome } from "../conformance/cel/run-spec.ts";

function failures(outcomes: readonly SpecOutcome[]): string[] {
  return outcomes.flatMap(({ spec, outcome }) =>
    outcome.kind === "failed"
      ? [`${spec.name}: ${spec.test.original.expr} ${outcome.message}`]
      : [],
  );
}

function passed(outcomes: readonly SpecOutcome[]): number {
  return outcomes.filter(({ outcome }) => outcome.kind === "passed").length;
}

describe("CEL's conformance suite", () => {
  it("passes on messages of protobuf-es", async () => {
    const outcomes = await runSpec("protobuf-es");
    expect(outcomes).toHaveLength(2344);
    expect(failures(outcomes)).toEqual([]);
    expect(passed(outcomes)).toBe(2083);
  });

  it("passes on messages of ts-proto, where they are proto3 and made by expressions", async () => {
    const outcomes = await runSpec("ts-proto", ({ test }) => {
      const { container, expr, bindings } = test.original;
      const given = Object.values(bindings).some(
        ({ kind }) => kind.case === "value" && kind.value.kind.case === "objectValue",
      );
      return !given && !/proto2/.test(container + expr);
    });
    expect(failures(outcomes)).toEqual([]);
    expect(passed(outcomes)).toBe(1860);
  });
});
