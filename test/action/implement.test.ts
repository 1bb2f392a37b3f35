import { type ActionContext, createContextKey, implement } from "botwire";
import { describe, expect, it, vi } from "vitest";
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

describe("an extension of the context", () => {
  it("is made from the context when it is first asked for, once in a call", async () => {
    const make = vi.fn((context: ActionContext) => ({ who: `${context.userId}!`, context }));
    const echoed: unknown[] = [];
    const service = implement(
      NoteService,
      {
        echo({ text }, context) {
          if (text === "ask") {
            echoed.push(context.greeter, context.greeter, Object.isFrozen(context));
            expect(context.signal).toBe(context.greeter.context.signal);
            expect(context.get(createContextKey("a default"))).toBe("a default");
          }
          return { text: Object.keys(context).join() };
        },
        *repeat() {},
      },
      { greeter: make },
    );
    const { pipeline } = quietPipeline({ actions: [service] });
    expect(messageOf(await pipeline.invoke(callOf()))).toMatchObject({
      text: expect.stringContaining("greeter"),
    });
    expect(make).not.toHaveBeenCalled();
    const route = () => ({
      action: "echo",
      identity: { userId: "u1" },
      decode: () => ({ text: "ask", count: 0 }),
    });
    messageOf(await pipeline.invoke(callOf({ route })));
    expect(make).toHaveBeenCalledTimes(1);
    expect(echoed).toEqual([{ who: "u1!", context: expect.anything() }, echoed[0], true]);
  });

  it("must not take the place of what every context has", () => {
    const handlers = { echo: () => ({}), *repeat() {} };
    for (const name of ["signal", "with", "userId", "constructor"]) {
      expect(() => implement(NoteService, handlers, { [name]: () => 1 })).toThrow(
        `implement(test.v1.NoteService): the context has "${name}" already: give the extension another name`,
      );
    }
  });
});
