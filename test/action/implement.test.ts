import { implement } from "botwire";
import { describe, expect, it } from "vitest";
import { callOf, contractOf, messageOf, type Note, NoteService } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

/** What a user without TypeScript may do. */
const untyped = (handlers: object) => () => {
  const service = {
    typeName: "test.v1.Odd",
    actions: {
      constructor: contractOf("unary", "a"),
      ["__proto__"]: contractOf("unary", "b"),
      toString: contractOf("unary", "c"),
    },
  };
  return Reflect.apply(implement, undefined, [service, handlers]);
};

describe("implement", () => {
  it("names every method without a handler", () => {
    expect(() => Reflect.apply(implement, undefined, [NoteService, {}])).toThrow(
      'implement(test.v1.NoteService) lacks handlers for "echo", "repeat"',
    );
    const half = { echo: () => ({}), repeat: "no function" };
    expect(() => Reflect.apply(implement, undefined, [NoteService, half])).toThrow(
      'implement(test.v1.NoteService) lacks a handler for "repeat"',
    );
  });

  it("doesn't take what every object has for a handler", () => {
    const lacking = 'lacks handlers for "constructor", "__proto__", "toString"';
    expect(untyped({})).toThrow(lacking);
    expect(untyped(new (class {})())).toThrow(lacking);
    const answer = () => ({});
    expect(untyped({ constructor: answer, ["__proto__"]: answer, toString: answer })).not.toThrow();
  });

  it("takes an instance of a class, and calls its methods on it", async () => {
    class Base {
      readonly greeting = "hello";
      echo(request: Note) {
        return { text: `${this.greeting}, ${request.text}` };
      }
    }
    class Bot extends Base {
      *repeat() {}
    }
    const { pipeline } = quietPipeline({ actions: [implement(NoteService, new Bot())] });
    expect(messageOf(await pipeline.invoke(callOf({ request: { text: "you" } })))).toEqual({
      text: "hello, you",
      count: 0,
    });
  });
});
