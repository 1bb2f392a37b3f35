import type { Dialect, Keyword } from "./dialect.ts";

const limits = [
  "maxItems",
  "maximum",
  "minItems",
  "minimum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "pattern",
  "format",
] as const satisfies readonly Keyword[];

const lengths = ["minLength", "maxLength", "uniqueItems"] as const satisfies readonly Keyword[];

const maps = [
  "additionalProperties",
  "minProperties",
  "maxProperties",
] as const satisfies readonly Keyword[];

/** JSON Schema 2020-12, to check messages with. */
export const jsonSchema: Dialect = {
  keywords: new Set<Keyword>([
    ...limits,
    ...lengths,
    ...maps,
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "deprecated",
    "examples",
    "not",
    "propertyNames",
  ]),
  base: "json-schema",
  patterns: "ecma",
  exact: true,
  words: "rest",
  forms: false,
};

/** The same for OpenAPI 3.1, which is read and generated from: without what a contract doesn't name. */
export const openApi: Dialect = { ...jsonSchema, exact: false };

/** What the importer of Coze takes of OpenAPI 3.0. Models see only the descriptions. */
export const coze: Dialect = {
  keywords: new Set<Keyword>([...limits, ...lengths, "example"]),
  base: "openapi-3.0",
  patterns: "re2",
  exact: false,
  words: "all",
  forms: true,
};

/** OpenAPI 3.0 for Dify, which shows models the descriptions of a body's fields. */
export const dify: Dialect = {
  keywords: new Set<Keyword>([...limits, ...lengths, ...maps, "example", "deprecated"]),
  base: "openapi-3.0",
  patterns: "ecma",
  exact: false,
  words: "all",
  forms: true,
};

const openAiFormats = new Set(["date-time", "email", "hostname", "ipv4", "ipv6", "uuid"]);

/** The strict subset of OpenAI's function calling. */
export const openAiStrict: Dialect = {
  keywords: new Set<Keyword>(limits),
  base: "json-schema",
  patterns: "ecma",
  formats: openAiFormats,
  exact: false,
  words: "rest",
  forms: true,
};

/** OpenAI's function calling without `strict`. */
export const openAiLoose: Dialect = {
  ...openAiStrict,
  keywords: new Set<Keyword>([...limits, ...lengths, ...maps]),
};
