import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { play } from "./play.ts";
import { type Behaviour, type MiddlewareBehaviour, reference, type Scenario } from "./reference.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Mostly good, so that calls get far. */
const behaviour = (...bad: Behaviour[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Behaviour>("sync", "async") },
    { weight: 1, arbitrary: fc.constantFrom<Behaviour>(...bad) },
  );
const anyBehaviour = behaviour("throw", "reject", "hang", "late");

const hookSet = fc.record(
  {
    start: anyBehaviour,
    match: anyBehaviour,
    commit: anyBehaviour,
    error: anyBehaviour,
    end: behaviour("throw", "reject"),
  },
  { requiredKeys: [] },
);

const middleware = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<MiddlewareBehaviour>("pass", "tail", "wrap", "read", "twice"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<MiddlewareBehaviour>(
      "before",
      "after",
      "answer",
      "rescue",
      "hang-before",
      "hang-after",
      "late-before",
      "late-after",
    ),
  },
);

const scenario: fc.Arbitrary<Scenario> = fc.record({
  streaming: fc.boolean(),
  hooks: fc.array(hookSet, { maxLength: 3 }),
  middleware: fc.array(middleware, { maxLength: 4 }),
  route: anyBehaviour,
  decode: anyBehaviour,
  valid: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  handler: anyBehaviour,
  messages: fc.array(anyBehaviour, { maxLength: 4 }),
  take: fc.integer({ min: 0, max: 5 }),
});

describe("the pipeline", () => {
  it("does what a naive model of it does, whatever fails or hangs wherever", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        expect(await play(given)).toEqual(reference(given));
      }),
      { numRuns: 3000 },
    );
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  }, 120_000);
});
