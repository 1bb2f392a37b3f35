import { tryFromJsonString } from "botwire/codec";
import { describe, expect, test } from "vitest";
import { malformed, wellFormed } from "../hostile/json-inputs.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const tree = tsCodec(fixtures.get("codec.v1.Tree"));
const scalars = tsCodec(fixtures.get("codec.v1.Scalars"));
const ignore = { unknownFields: "ignore" } as const;

describe("the inputs of public JSON test suites", () => {
  test.each(malformed)("%j is no JSON for any kind of field", (text) => {
    for (const name of ["value", "struct", "children", "name", "unknown"]) {
      const result = tryFromJsonString(tree, `{"${name}":${text}}`, ignore);
      expect(result.ok, name).toBe(false);
    }
    expect(tryFromJsonString(tree, text, ignore).ok).toBe(false);
  });

  test.each(wellFormed)("%j is JSON", (text) => {
    expect(tryFromJsonString(tree, `{"value":${text}}`)).toMatchObject({
      ok: true,
      message: { value: JSON.parse(text) },
    });
    expect(tryFromJsonString(tree, `{"unknown":${text}}`, ignore).ok).toBe(true);
  });
});

test.each(["\t", "\n", "\r", "\u0000"])(
  "%j is no JSON in base64, but for its escape",
  (control) => {
    for (const before of ["", "YW", "YWJj", "YWJjYQ=="]) {
      const text = (inside: string) => `{"bytesValue":"${before}${inside}"}`;
      expect(tryFromJsonString(scalars, text(control)), before).toEqual({
        ok: false,
        problems: [{ path: "", message: expect.stringMatching(/^not well-formed JSON: /) }],
      });
      expect(tryFromJsonString(scalars, text(JSON.stringify(control).slice(1, -1))).ok).toBe(
        control !== "\u0000",
      );
    }
  },
);
