import type { MessageSchema } from "botwire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfValue } from "../../src/runtime/codec/skip-json.ts";
import { looksLikeObject } from "../../src/runtime/http/decode-object.ts";
import { type InputSchemas, readEnvelope } from "../../src/runtime/webhook/callback-envelope.ts";
import { memberBounds } from "../../src/runtime/webhook/member-bounds.ts";
import { type Note, NoteSchema } from "./note-bot.ts";

const encoder = new TextEncoder();
const mark = "\ufeff";

const messageOf = (error: unknown) => (error instanceof Error ? error.message : error);

const noSchemas = () => undefined;

/** All that a door sees of an envelope, or why it is refused. */
function seen(text: string, schemas: InputSchemas = () => NoteSchema, maxDepth = 20): unknown {
  try {
    const { decode, ...rest } = readEnvelope(encoder.encode(text), maxDepth, schemas);
    try {
      return { ...rest, message: decode(NoteSchema) };
    } catch (error) {
      return { ...rest, error: messageOf(error) };
    }
  } catch (error) {
    return messageOf(error);
  }
}

/** What the text of a value is, and of a value that it should not be. */
const note = fc.record(
  { text: fc.string(), note_count: fc.oneof(fc.integer(), fc.constant("x")), child: fc.object() },
  { requiredKeys: [] },
);
const id = fc.oneof(fc.string(), fc.integer(), fc.constant(1.5), fc.constant(null));
const envelope = fc.record(
  {
    action: fc.oneof(fc.string({ unit: "grapheme" }), fc.constant(null), fc.constant(1)),
    bot_id: id,
    botId: id,
    user_id: id,
    eventId: id,
    locale: fc.string({ unit: "binary" }),
    message: fc.oneof(fc.record({ content: fc.string(), other: fc.jsonValue() }), fc.jsonValue()),
    parameters: fc.oneof(note, fc.constant(null), fc.constant([])),
    other: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe("the envelope of a callback", () => {
  it("says the same whether it is read in one pass or with care", () => {
    fc.assert(
      fc.property(envelope, fc.nat(2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        // One pass takes no byte order mark.
        const careful = seen(mark + text);
        expect(seen(text)).toEqual(careful);
        expect(seen(text, noSchemas)).toEqual(careful);
      }),
      { numRuns: 500 },
    );
  });

  it("is read the same if its text is damaged", () => {
    const text =
      '{"bot_id":7340000000000000001,"action":"a","message":{"content":"北京","x":[1]},"parameters":{"text":"a}\\"","child":{}},"y":{}}';
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(2),
        fc.constantFrom(...'{}[]",:\\1 -.e\n北', "", "null"),
        fc.constantFrom(undefined, noSchemas),
        (at, removed, added, schemas) => {
          const damaged = text.slice(0, at) + added + text.slice(at + removed);
          const [quick, careful] = [seen(damaged, schemas), seen(mark + damaged)];
          if (typeof careful === "string" && typeof quick !== "string") {
            // What is wrong inside the parameters is seen when they are read.
            expect(quick).toMatchObject({ error: expect.stringContaining("is not valid JSON") });
          } else {
            expect(quick).toEqual(careful);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["in an envelope that is as usual", '{"parameters":{"text":"a","text":"b"}}'],
    [
      "beside an unusual member",
      '{"bot_id":"a","bot_id":"b","parameters":{"text":"a","text":"b"}}',
    ],
    ["in the last of two", '{"parameters":{},"parameters":{"text":"a","text":"b"}}'],
  ])("refuses a duplicate key %s", (_, text) => {
    const error = expect.stringContaining("text: duplicate key");
    expect(seen(text)).toMatchObject({ error });
    expect(seen(mark + text)).toMatchObject({ error });
  });

  it.each([
    ['{"bot_id":"a","bot_id":"b"}', { identity: { botId: "b" } }],
    ['{"\\u0061ction":"go"}', { action: "go" }],
    ['{"bot_id":null,"botId":"b"}', { identity: { botId: "b" } }],
    ['{"bot_id":1e3}', { identity: { botId: "1000" } }],
    ['{"message":{"content":"\\ud800"}}', { content: "\ud800" }],
    ['{"parameters":{"text":7340000000000000001}}', { message: { text: "7340000000000000001" } }],
  ])("%s", (text, expected) => {
    expect(seen(text)).toMatchObject(expected);
  });

  it.each(["parameters", "message", "other"])("nests no deeper than is allowed in %s", (name) => {
    const nested = (depth: number) => `{"${name}":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
    expect(seen(nested(18))).toMatchObject({ identity: {} });
    expect(seen(nested(19))).toBe("the body is nested deeper than 20 levels");
  });

  it.each([undefined, noSchemas])("nests messages no deeper than is allowed", (schemas) => {
    const nested = (depth: number) =>
      `{"parameters":${'{"child":'.repeat(depth)}{}${"}".repeat(depth)}}`;
    for (let depth = 0; depth < 19; depth++) {
      expect(seen(nested(depth), schemas), `${depth}`).toMatchObject({ message: { text: "" } });
    }
    expect(seen(nested(19), schemas)).toBe("the body is nested deeper than 20 levels");
  });

  it("reads parameters in passing only by the schema of the action that is called", () => {
    const body = encoder.encode('{"action":"a","parameters":{"text":"x","child":{}}}');
    const other: MessageSchema<Note> = { ...NoteSchema, typeName: "test.v1.Other" };
    const asked: string[] = [];
    const { decode } = readEnvelope(body, 20, (action) => {
      asked.push(action);
      return other;
    });
    expect(asked).toEqual(["a"]);
    const note = decode(NoteSchema);
    expect(decode(other)).toEqual(note);
    expect(decode(other)).not.toBe(note);
  });
});

describe("the bounds of a member", () => {
  it("are those of what JSON.parse sees", () => {
    const member = fc.tuple(fc.constantFrom('"a"', '"b"', '"\\u0061"', '"a\\""'), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(member), fc.constantFrom("", " ", "\n\t"), (members, space) => {
        const lines = members.map(
          ([key, value]) => `${space}${key}${space}:${space}${JSON.stringify(value)}${space}`,
        );
        const text = `${space}{${lines.join(",") || space}}${space}`;
        const bytes = encoder.encode(mark + text);
        const bounds = memberBounds(bytes, "a");
        const found = bounds && JSON.parse(new TextDecoder().decode(bytes.subarray(...bounds)));
        expect(found).toEqual(JSON.parse(text).a);
      }),
    );
  });
});

describe("the end of a value", () => {
  it("is where JSON ends", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(2), fc.constantFrom(",1", "}", "]"), (value, n, rest) => {
        const text = JSON.stringify(value, undefined, n);
        const end = encoder.encode(text).length;
        expect(endOfValue(encoder.encode(text + rest), 0, 100)).toBe(end);
      }),
    );
  });

  it("makes an object of nothing that is JSON but no object", () => {
    const pieces = ["{", "}", "[", "]", '"', '"a"', ":", ",", " ", "1", "\\", "null", "\n"];
    const isObject = (text: string) => {
      try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null && !Array.isArray(value);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join("");
        const is = isObject(text);
        expect(is === undefined || is === looksLikeObject(encoder.encode(text), 100), text).toBe(
          true,
        );
      }),
      { numRuns: 20_000 },
    );
  });
});
