import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peekTexts } from "../../src/runtime/webhook/peek-texts.ts";

const wanted = new Set(["bot_id", "event.bot_id", "header.connector_id"]);
const peek = (text: string) =>
  Object.fromEntries(peekTexts(new TextEncoder().encode(text), wanted));

describe("looking into a body before anything is proven", () => {
  it.each<[string, Record<string, string>]>([
    ['{"bot_id":"7"}', { bot_id: "7" }],
    [
      '\n { "a" : [{"bot_id":"no"}] , "bot_id" : 7340000000000000001 }',
      { bot_id: "7340000000000000001" },
    ],
    [
      '{"event":{"bot_id":"e","x":{"bot_id":"no"}},"header":{"connector_id":"c"}}',
      { "event.bot_id": "e", "header.connector_id": "c" },
    ],
    ['{"parameters":{"bot_id":"no"},"text":"\\"bot_id\\":\\"no\\""}', {}],
    ['{"bot\\u005fid":"a\\u0062"}', { bot_id: "ab" }],
    ['{"bot_id":"one","bot_id":"two"}', { bot_id: "two" }],
    ['{"bot_id":"one","bot_id":{}}', {}],
    ['{"event":[{"bot_id":"no"}]}', {}],
    ['[{"bot_id":"no"}]', {}],
    ['{"bot_id":null}', {}],
    [`{"bot_id":"${"x".repeat(300)}"}`, {}],
    ['{"bot_id":"', { bot_id: "" }],
    ['{"bot_id"', {}],
    ["", {}],
    ["]]]}}}", {}],
  ])("%s", (text, texts) => {
    expect(peek(text)).toEqual(texts);
  });

  it("reads of any JSON what JSON.parse reads", () => {
    const key = fc.oneof(fc.constantFrom("bot_id", "event", "header", "connector_id"), fc.string());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.integer(),
        fc.constantFrom(null, true, false),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    const at = (json: unknown, [name = "", ...rest]: string[]): unknown =>
      typeof json !== "object" || json === null || Array.isArray(json)
        ? undefined
        : rest.length === 0
          ? Object.getOwnPropertyDescriptor(json, name)?.value
          : at(Object.getOwnPropertyDescriptor(json, name)?.value, rest);
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.nat(4), (json, indent) => {
        const text = JSON.stringify(json, undefined, indent);
        const parsed: unknown = JSON.parse(text);
        const expected: Record<string, string> = {};
        for (const name of wanted) {
          const found = at(parsed, name.split("."));
          if (typeof found === "string" || typeof found === "number") {
            expected[name] = String(found);
          }
        }
        expect(peek(text)).toEqual(expected);
      }),
      { numRuns: 500, seed: 7340 },
    );
  });

  it("takes time that grows with the length only", () => {
    const took = (text: string) => {
      const body = new TextEncoder().encode(text);
      const began = performance.now();
      peekTexts(body, wanted);
      return performance.now() - began;
    };
    for (const nasty of ["[", "{", '{"a":', '"', "\\", '"\\', '{"bot_id":"a",', '{"bot_id":1']) {
      took(nasty.repeat(10_000));
      expect(took(nasty.repeat(Math.floor(500_000 / nasty.length)))).toBeLessThan(1000);
    }
  });
});
