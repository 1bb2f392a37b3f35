import { globSync, readFileSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { freeForm } from "./free-form.ts";
import { strictProblems } from "./openai-strict.ts";
import { runSpec } from "./run-spec.ts";
import { torture } from "./torture.ts";

const almanac = Object.fromEntries(
  globSync("**/*.json", { cwd: "generated/spec" }).map((path) => [
    path,
    readFileSync(`generated/spec/${path}`, "utf8"),
  ]),
);

const documents = {
  almanac,
  torture: runSpec(torture),
  free: runSpec(freeForm, "target=dify+openai+openapi+json-schema+markdown"),
};

const matching = (pattern: RegExp) =>
  Object.entries(documents).flatMap(([name, files]) =>
    Object.entries(files)
      .filter(([path]) => pattern.test(path))
      .map(([path, text]) => [name, path, text] as const),
  );

describe("OpenAPI documents", () => {
  it.each(matching(/openapi\.json$/))("of %s: %s", async (_, path, text) => {
    const wanted = path.startsWith("openapi/") ? "3.1" : "3.0";
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(text));
    expect(result.errors ?? []).toEqual([]);
    expect([result.valid, validator.version]).toEqual([true, wanted]);
    await expect(SwaggerParser.validate(JSON.parse(text))).resolves.toBeDefined();
  });
});

describe("JSON Schemas", () => {
  it.each(Object.entries(documents))("of %s are valid and refer to each other", (_, files) => {
    const ajv = new Ajv2020({ strictTypes: false, validateFormats: false });
    const schemas = Object.entries(files).filter(([path]) => path.startsWith("json-schema/"));
    for (const [, text] of schemas) {
      ajv.addSchema(JSON.parse(text));
    }
    for (const [path] of schemas) {
      expect(ajv.getSchema(path.replace("json-schema/", ""))).toBeTypeOf("function");
    }
    expect(schemas.length).toBeGreaterThan(3);
  });
});

describe("functions", () => {
  it.each(matching(/responses\.json$/))("of %s: %s", (name, _, text) => {
    const functions: { name: string; strict: boolean; parameters: Record<string, unknown> }[] =
      JSON.parse(text);
    const ajv = new Ajv2020({ strictTypes: false, validateFormats: false });
    for (const { name: tool, strict, parameters } of functions) {
      // Maps and free JSON have no strict form.
      expect(strict).toBe(!(name === "free" && tool === "send"));
      expect(strict ? strictProblems(parameters) : []).toEqual([]);
      expect(ajv.compile(parameters)).toBeTypeOf("function");
    }
  });

  it("are the same for both APIs", () => {
    const [chat, responses] = ["chat-completions", "responses"].map((api) =>
      JSON.parse(documents.torture[`openai/torture.${api}.json`] ?? ""),
    );
    expect(
      chat.map((tool: { function: object }) => ({ type: "function", ...tool.function })),
    ).toEqual(responses);
  });

  it.each([
    ["a keyword", { properties: { a: { type: "string", minLength: 1 } }, required: ["a"] }],
    ["an optional property", { properties: { a: { type: "string" } }, required: [] }],
    ["more properties", { properties: {}, required: [], additionalProperties: true }],
    ["a property without a type", { properties: { a: {} }, required: ["a"] }],
    [
      "a sibling of a reference",
      { properties: { a: { $ref: "#", description: "a" } }, required: ["a"] },
    ],
    [
      "an unknown format",
      { properties: { a: { type: "string", format: "uri" } }, required: ["a"] },
    ],
  ])("with %s would be found out", (_, parameters) => {
    const schema = { type: "object", additionalProperties: false, ...parameters };
    expect(strictProblems(schema)).not.toEqual([]);
  });
});
