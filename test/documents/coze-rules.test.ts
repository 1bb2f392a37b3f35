import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manifestProblems } from "./coze-manifest-rules.ts";
import { cozeRules } from "./coze-rules.ts";
import { runSpec } from "./run-spec.ts";
import { torture } from "./torture.ts";

const documents = {
  almanac: readFileSync("generated/spec/coze/almanac.openapi.json", "utf8"),
  torture: runSpec(torture)["coze/torture.openapi.json"] ?? "",
};

describe.each(Object.entries(documents))("the document of %s", (_, text) => {
  it.each(cozeRules.map((rule) => [rule.name, rule] as const))("has %s", (_, { check }) => {
    expect(check(JSON.parse(text))).toEqual([]);
  });
});

describe("the checker finds a document without", () => {
  // One change to the document of the almanac breaks each rule.
  const request = (schema: string): [RegExp, string] => [
    /"time_zone": \{\s+"type": "string",/,
    `"time_zone": {${schema},`,
  ];
  it.each<[string, RegExp, string]>([
    ["OpenAPI 3.0.1", /3\.0\.1/, "3.1.0"],
    [
      "title, description and version of at most 600 characters",
      /"title": "Almanac"/,
      '"title": ""',
    ],
    ["one server with a host", /"servers": \[/, '"servers": [{"url": "https://a.b"},'],
    ["ASCII paths without variables", /"\/countdown"/, '"/{countdown}"'],
    [
      "unique operation ids of at most 30 letters, digits and underscores",
      /"operationId": "countdown"/,
      '"operationId": "get_local_time"',
    ],
    ["summaries of at most 600 characters", /"summary": "[^"]*"/, '"summary": ""'],
    [
      "one JSON object in a request",
      /"schema": \{\s+"type": "object"/,
      '"schema": {"type": "array"',
    ],
    ["nothing but 200 in a response, with one JSON object", /"200": \{/, '"400": {}, "200": {'],
    [
      "no parameters outside of the body",
      /"requestBody": \{/,
      '"parameters": [], "requestBody": {',
    ],
    [
      "known keywords, no references and no additionalProperties",
      ...request('"type": "string", "const": "a"'),
    ],
    ["known members everywhere else", /"info": \{/, '"components": {}, "info": {'],
    ["a known mode of running", /"x-runMode": "Streaming"/, '"x-runMode": "Fast"'],
    [
      "examples and defaults that fit their schemas",
      ...request('"type": "string", "example": "", "minLength": 1'),
    ],
    ["a type everywhere", ...request('"title": "a"')],
    ["items in arrays", ...request('"type": "array"')],
    ["properties in objects: others are dropped", ...request('"type": "object"')],
    ["names of letters, digits, underscores and hyphens", /"time_zone": \{/, '"time.zone": {'],
    ["required properties are declared", /"required": \["time_zone"\]/, '"required": ["zone"]'],
    [
      "nothing required in an object that may be left out",
      /"required": \["place", "date"\],\s+"properties": \{\s+"place": \{\s+"type": "object",/,
      '"properties": { "place": {"type": "object", "required": ["latitude"],',
    ],
    ["patterns of RE2", ...request('"type": "string", "pattern": "(?=a)"')],
    ["flags for exclusive limits", ...request('"type": "string", "exclusiveMinimum": 1')],
    ["values of enums in descriptions", ...request('"type": "string", "enum": ["B"]')],
  ])("%s", (name, from, to) => {
    const broken = documents.almanac.replace(from, to);
    expect(broken).not.toBe(documents.almanac);
    const rule = cozeRules.find((candidate) => candidate.name === name);
    expect(rule?.check(JSON.parse(broken))).not.toEqual([]);
  });

  it("any rule that is not tried here", () => {
    expect(cozeRules).toHaveLength(22);
  });
});

describe("the manifest", () => {
  it.each(["none", "api_key", "oauth"])("with auth=%s is accepted", (auth) => {
    const { "coze/torture.manifest.json": text = "" } = runSpec(
      torture,
      `target=coze,auth=${auth}`,
    );
    expect(manifestProblems(JSON.parse(text))).toEqual([]);
  });

  it.each([
    ["schema_version", { schema_version: "v2" }],
    ["name_for_human", { name_for_human: "a/b" }],
    ["description_for_model", { description_for_model: "" }],
    ["api.type", { api: { type: "mcp" } }],
    ["auth.type", { auth: undefined }],
    ["auth.key", { auth: { type: "service_http", sub_type: "token/api_key", location: "Header" } }],
  ])("is refused for its %s", (problem, change) => {
    const { "coze/torture.manifest.json": text = "" } = runSpec(torture);
    expect(manifestProblems({ ...JSON.parse(text), ...change })).toContain(problem);
  });

  it("names a plugin of several services as the option says", () => {
    const documents = runSpec(torture, "target=coze,plugin=torture.*:万能 插件");
    const manifest = JSON.parse(documents["coze/torture.manifest.json"] ?? "");
    expect(manifest).toMatchObject({ name_for_human: "万能 插件", name_for_model: "torture" });
  });
});
