import { fromJsonString } from "botwire/codec";
import { expect, test, vi } from "vitest";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const lists = tsCodec(fixtures.get("codec.v1.Lists"));

/** Characters of every length in UTF-8, and what has to be escaped. */
const parts = [
  ..."a\u007f\u0080\u00e9\u07ff\u0800\u4f60\ud7ff\ue000\ufffd\uffff",
  "\u{10000}",
  "\u{1f600}",
  "\u{10ffff}",
  ...'"\\\b\t\n\f\r\0\u001f',
  "\ud800",
  "\udbff",
  "\udc00",
  "\udfff",
  "\udc00\ud800",
];

/** Every part at every place of texts that are short and long, of ASCII and of none. */
function texts(): string[] {
  const result = ["", ...parts];
  for (const length of [1, 2, 3, 4, 7, 15, 16, 17, 46, 47, 48, 100]) {
    for (const fill of ["x", "\u4f60"]) {
      for (const part of parts) {
        for (let at = 0; at <= length; at++) {
          result.push(fill.repeat(at) + part + fill.repeat(length - at));
        }
      }
    }
  }
  return result;
}

test("reads strings as JSON.parse does", async () => {
  const stringValue = texts().filter((text) => text.isWellFormed());
  const json = JSON.stringify({ stringValue });
  const read = fromJsonString(lists, json) as { readonly stringValue: readonly string[] };
  expect(JSON.stringify({ stringValue: read.stringValue }) === json).toBe(true);
});

test.each([
  ["with Node's buffers", true],
  ["with what is standard", false],
])("prints strings as JSON.stringify does, %s", async (_, buffers) => {
  vi.resetModules();
  if (!buffers) {
    vi.stubGlobal("Buffer", undefined);
  }
  try {
    const { toJsonBytes, toJsonString } = await import("botwire/codec");
    const stringValue = texts();
    const message = lists.init({ stringValue } as object);
    const expected = JSON.stringify({ stringValue });
    expect(toJsonString(lists, message) === expected).toBe(true);
    expect(new TextDecoder().decode(toJsonBytes(lists, message)) === expected).toBe(true);
  } finally {
    vi.unstubAllGlobals();
  }
});
