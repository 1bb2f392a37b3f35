import { tryFromJsonString } from "botwire/codec";
import { describe, expect, test } from "vitest";
import { malformed, wellFormed } from "../hostile/json-inputs.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const tree = tsCodec((await loadFixtures()).get("codec.v1.Tree"));
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
