import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Parts } from "../../src/runtime/scan/unwrap.ts";
import { eicar } from "./eicar.ts";
import { isInfected } from "./fake-scanner.ts";

const limits = { depth: 8, parts: 1000, bytes: 64 * 1024 * 1024 };

function partsOf(content: string | Uint8Array): Parts {
  const parts = new Parts(limits);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  expect(parts.add("content", bytes)).toBeUndefined();
  return parts;
}

const isFound = (content: string | Uint8Array) => partsOf(content).list.some(isInfected);

/** One way to hide a text, and one of many forms of it. */
type Disguise = (text: string) => string;

const jsonEscapes: fc.Arbitrary<Disguise> = fc.array(fc.boolean(), { minLength: 1 }).map(
  (escaped) => (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^\\]|\\./gs, (piece, at: number) =>
        piece.length === 1 && escaped[at % escaped.length]
          ? `\\u${piece.charCodeAt(0).toString(16).padStart(4, "0")}`
          : piece.replace("/", "\\/"),
      ),
);

const base64: fc.Arbitrary<Disguise> = fc
  .record({
    url: fc.boolean(),
    padded: fc.boolean(),
    width: fc.integer({ min: 4, max: 100 }),
    lineBreak: fc.constantFrom("", "\n", "\r\n", "\r", "\n  ", " \r\n\t"),
  })
  .map(({ url, padded, width, lineBreak }) => (text) => {
    const encoded = Buffer.from(text).toString(url ? "base64url" : "base64");
    const body = encoded.replace(/=+$/, "");
    const lines = body.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
    return lines.join(lineBreak) + (padded ? "=".repeat((4 - (body.length % 4)) % 4) : "");
  });

const dataUrl: fc.Arbitrary<Disguise> = fc
  .record({
    type: fc.constantFrom("", "text/plain", "text/html;charset=utf-8", "image/svg+xml"),
    name: fc.constantFrom("data", "DATA", "Data"),
    form: fc.constantFrom("base64", "escaped base64", "percent"),
  })
  .map(({ type, name, form }) => (text) => {
    const encoded = Buffer.from(text).toString("base64");
    switch (form) {
      case "base64":
        return `${name}:${type};base64,${encoded}`;
      case "escaped base64":
        return `${name}:${type};BASE64,${encodeURIComponent(encoded)}`;
      default:
        return `${name}:${type},${encodeURIComponent(text)}`;
    }
  });

/** What stands around a disguised text. It ends and begins where no encoding could go on. */
const surroundings: fc.Arbitrary<Disguise> = fc
  .tuple(
    fc.constantFrom(
      "",
      "see: ",
      "这是 ",
      '{"file":"',
      "<img src='",
      "dir/",
      "attachment-",
      "Here is\nthe file\n",
    ),
    fc.constantFrom("", " thanks", '"}', "'>", "。", "\n\nBye", "\u0000"),
  )
  .map(
    ([before, after]) =>
      (text) =>
        before + text + after,
  );

const disguise = fc.oneof(jsonEscapes, base64, dataUrl);

describe("content that is taken apart", () => {
  it("shows what is hidden in it by any mixture of encodings", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(disguise, surroundings), { maxLength: 4 }),
        fc.tuple(fc.string(), fc.string()),
        (layers, [before, after]) => {
          const payload = `${before} ${eicar} ${after}`;
          const hidden = layers.reduce((text, [hide, wrap]) => wrap(hide(text)), payload);
          if (!isFound(hidden)) {
            throw new Error(JSON.stringify(hidden));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("decodes base64 as it is, so that it is also found by the whole of a file", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 300 }), (file) => {
        const text = `see ${Buffer.from(file).toString("base64")} thanks`;
        const found = partsOf(text).list.map((part) => Buffer.from(part).toString("hex"));
        expect(found).toContain(Buffer.from(file).toString("hex"));
      }),
    );
  });

  it("is one piece if nothing is encoded in it", () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-Zé。!?]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        expect(partsOf(list.join(" ")).list).toHaveLength(1);
      }),
    );
    for (const text of [
      "see /usr/share/doc/some/long/path/Readme and X-SOME-LONG-HEADER-NAME-OF-WORDS",
      "one\nword\nin\neach\nline\nmakes\na\nlong\nlist\nof\nwords",
      "Call me at https://example.com/a/b?c=d&e=f, or +1 555 0100.",
      "commit 1db547e4c3a09d0b7c0a5e8f9b3b2a1d0c9e8f7a6b5c4d3e2f1a0b9c8d7e6f50",
      "id 123e4567-e89b-12d3-a456-426614174000",
      "Title\n------------------------------------------\n____________________________________",
      "data: nothing, data:text",
    ]) {
      expect(partsOf(text).list, text).toHaveLength(1);
    }
  });

  it("tells which limit it goes beyond", () => {
    const nest = (layers: number) =>
      Array.from({ length: layers }).reduce<string>(
        (text) => Buffer.from(text).toString("base64"),
        eicar,
      );
    const add = (content: string, given: Partial<typeof limits>) =>
      new Parts({ ...limits, ...given }).add("content", new TextEncoder().encode(content));
    expect(add(nest(3), { depth: 3 })).toBeUndefined();
    expect(add(nest(4), { depth: 3 })).toBe("depth");
    expect(add(nest(1), { parts: 1 })).toBe("parts");
    expect(add(nest(1), { bytes: 150 })).toBe("bytes");
    expect(add("\\".repeat(1 << 9), {})).toBe("depth");
    expect(add("x".repeat(151), { bytes: 150 })).toBe("bytes");
  });

  const mega = 1 << 20;
  const fill = (pattern: string) => pattern.repeat(Math.ceil(mega / pattern.length));
  it.each([
    ["one run", fill("QUJD4xyz")],
    ["runs just too short", fill(`${"Qx".repeat(15)} `)],
    ["short lines", fill("QUJ\n")],
    ["blank lines", fill("Q\n \t")],
    ["a run and blank lines", `${"QUJD".repeat(10)}${fill("\n")}`],
    ["words that are joined", fill("word/")],
    ["words and line breaks", fill("a/b\n-\n")],
    ["URLs without content", fill("data:")],
    ["URLs that share a comma", fill(`${"data:".repeat(40)},`)],
    ["empty URLs", fill("data:,")],
    ["backslashes that are no escapes", fill("\\x")],
    ["half of an escape", fill("\\u12")],
    ["halves of pairs", fill("\\ud83d")],
    ["padding", fill("=")],
    ["percent signs", `data:,${fill("%")}`],
  ])("takes time in proportion to its length: %s", (_, text) => {
    const started = performance.now();
    new Parts({ ...limits, parts: 1000 }).add("content", new TextEncoder().encode(text));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
