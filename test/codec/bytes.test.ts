import { CodecError, fromJsonBytes, tryFromJsonBytes, tryFromJsonString } from "botwire/codec";
import { afterEach, describe, expect, test, vi } from "vitest";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const tree = tsCodec(fixtures.get("codec.v1.Tree"));
const encoder = new TextEncoder();

/** The bytes of a text in which %XX stands for a byte. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(
    text
      .split(/(%[0-9A-F]{2})/)
      .flatMap((piece) =>
        /^%/.test(piece) ? [Number.parseInt(piece.slice(1), 16)] : [...encoder.encode(piece)],
      ),
  );
}

describe("JSON in UTF-8", () => {
  test.each([
    '{"name":"plain"}',
    '{"name":"Zürich, 北京, 👩‍🚀, \u2028, \ufffd, \ufeff"}',
    '{"name":"\ufeffa mark inside"}',
    '{"name":"北\\n京\\ud83d\\ude00"}',
    '{"北京":1,"name":5,"children":[{"name":[]}]}',
    '{"struct":{"北京":["上海",{"é":"\ufffd"}]},"value":"ÿ"}',
    '{"name":"\\ud800"}',
    '{"left":{"named":{"key 北":{"name":1}}}}',
    '{"name":"a","name":"b"}',
    '{"name":"a"',
    "[]",
    "",
  ])("%j says the same as its text", (text) => {
    for (const options of [{}, { unknownFields: "ignore" }] as const) {
      const expected = tryFromJsonString(tree, text, options);
      expect(tryFromJsonBytes(tree, encoder.encode(text), options)).toEqual(expected);
      expect(tryFromJsonBytes(tree, bytes(`%EF%BB%BF${text}`), options)).toEqual(expected);
    }
  });

  test("may be part of a larger buffer, and is not kept", () => {
    const buffer = encoder.encode('xx{"name":"北京 and a longer text"}yy');
    const body = buffer.subarray(2, -2);
    const message = fromJsonBytes(tree, body);
    body.fill(0);
    expect(message).toMatchObject({ name: "北京 and a longer text" });
  });

  test("throws all problems", () => {
    const read = () => fromJsonBytes(tree, encoder.encode('{"name":1,"struct":2}'));
    expect(read).toThrow(CodecError);
    expect(read).toThrow(/name: expected string, got 1[\s\S]*struct: expected object, got 2/);
  });

  test.each([
    ['{"name":"%FF"}', "a byte that never occurs"],
    ['{"name":"a%C0%AF"}', "an overlong form"],
    ['{"name":"%ED%A0%80"}', "a surrogate"],
    ['{"name":"%F5%80%80%80"}', "more than Unicode has"],
    ['{"name":"%E5%8C"}', "a character cut off"],
    ['{"name":"\ufffd%80"}', "something behind a replacement character"],
    ['{"name":"\\n%80"}', "something behind an escape"],
    ['{"name":"\\%80"}', "an escaped byte"],
    ['{"%80":1}', "a byte in a name"],
    ['{"unknown":"%80"}', "a byte in an unknown field"],
    ['{"struct":{"a":"%80"}}', "a byte in any JSON"],
    ['{"name":"a"}%E5', "a byte at the end"],
  ])("%s is refused: %s", (text) => {
    expect(tryFromJsonBytes(tree, bytes(text), { unknownFields: "ignore" })).toEqual({
      ok: false,
      problems: [{ path: "", message: "not valid UTF-8" }],
    });
  });
});

describe("unpaired surrogates in a text", () => {
  const refused = "expected string, got one with an unpaired surrogate";

  test("are refused where they are", () => {
    const text = '{"name":"\ud800","children":[{"name":"北\udc00 \ufffd","unknown\udfff":1}]}';
    expect(tryFromJsonString(tree, text)).toEqual({
      ok: false,
      problems: [
        { path: "name", message: refused },
        { path: "children[0].name", message: refused },
        { path: 'children[0]["unknown\\udfff"]', message: "unknown field" },
      ],
    });
  });

  test("are not taken for replacement characters, which are allowed", () => {
    expect(tryFromJsonString(tree, '{"name":"\ufffd"}')).toMatchObject({ ok: true });
    expect(tryFromJsonString(tree, '{"name":"\ufffd\udfff"}')).toMatchObject({ ok: false });
  });
});

describe("where there is no Buffer", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test("texts are the same", async () => {
    const texts = ["", "a", "é北京👩‍🚀", "\ufeff\ufffd", "\u0000\u0080\u009f"];
    const invalid = [[0xff], [0xed, 0xa0, 0x80], [0xe5, 0x8c]].map((each) => Uint8Array.from(each));
    const load = async () => {
      vi.resetModules();
      const { bytewiseText, utf8Text } = await import("../../src/runtime/codec/byte-text.ts");
      const whole = (each: Uint8Array) => utf8Text(each, 0, each.length);
      for (const text of texts) {
        const utf8 = encoder.encode(text);
        expect(whole(utf8)).toBe(text);
        expect(bytewiseText(utf8, utf8.length)).toHaveLength(utf8.length);
        expect(bytewiseText(utf8, utf8.length).replace(/[^\0-\x7f]/g, "")).toBe(
          text.replace(/[^\0-\x7f]/g, ""),
        );
      }
      expect(bytewiseText(encoder.encode("\ufffd"), 3)).toBe("\u00ef\u00bf\u00bd");
      expect(invalid.map(whole)).toEqual(invalid.map(() => undefined));
    };
    await load();
    vi.stubGlobal("Buffer", undefined);
    await load();
  });
});
