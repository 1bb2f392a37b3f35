import { RE2JS } from "@bufbuild/re2";
import { isMembers, isText, list, type Members, members } from "./json-members.ts";
import { openApiSchemaCheck } from "./platform-checks.ts";

// What coze-studio's importer checks of a document: the
// Validate functions of backend/crossdomain/plugin/model, kin-openapi 0.118,
// and the limits of its forms. Each rule returns what it has against them.

type Json = unknown;

/** A rule of the importer. */
export interface CozeRule {
  readonly name: string;
  check(document: Members): string[];
}

const operations = (document: Members) =>
  Object.entries(members(document["paths"])).flatMap(([path, item]) =>
    Object.entries(members(item)).map(([method, operation]) => ({
      path,
      method,
      operation: members(operation),
    })),
  );

const perOperation =
  (check: (operation: Members, path: string) => string | undefined) => (document: Members) =>
    operations(document).flatMap(({ operation, path }) => check(operation, path) ?? []);

const perSchema =
  (check: (schema: Members, place: string) => string | undefined) => (document: Members) =>
    operations(document).flatMap(({ path, operation }) =>
      schemasOf(operation).flatMap(([place, root]) =>
        [...walk(root, `${path} ${place}`)].flatMap(([at, schema]) => {
          const problem = check(schema, at);
          return problem === undefined ? [] : [`${at}: ${problem}`];
        }),
      ),
    );

/** Keywords that kin-openapi 0.118 knows, without those that break a later step of Coze. */
const keywords = new Set([
  "type",
  "title",
  "format",
  "description",
  "enum",
  "default",
  "example",
  "uniqueItems",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "nullable",
  "readOnly",
  "writeOnly",
  "deprecated",
  "minimum",
  "maximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "items",
  "required",
  "properties",
  "minProperties",
  "maxProperties",
]);

const types = ["string", "number", "integer", "boolean", "array", "object"];

export const cozeRules: readonly CozeRule[] = [
  {
    name: "OpenAPI 3.0.1",
    check: ({ openapi }) => (openapi === "3.0.1" ? [] : [`openapi is ${openapi}`]),
  },
  {
    name: "title, description and version of at most 600 characters",
    check: (document) =>
      ["title", "description", "version"].flatMap((name) => {
        const text = members(document["info"])[name];
        return isText(text, 600) ? [] : [`info.${name} is ${JSON.stringify(text)}`];
      }),
  },
  {
    name: "one server with a host",
    check({ servers }) {
      const [server, ...more] = list(servers);
      const url = members(server)["url"];
      return more.length === 0 &&
        typeof url === "string" &&
        /^https?:\/\/[\x21-\x7e]{1,500}$/.test(url) &&
        URL.canParse(url) &&
        new URL(url).host !== "" &&
        !/[{}]/.test(url)
        ? []
        : ["there must be one server, with a URL"];
    },
  },
  {
    name: "ASCII paths without variables",
    check: perOperation((_, path) => (/^\/[a-zA-Z0-9_/]+$/.test(path) ? undefined : path)),
  },
  {
    name: "unique operation ids of at most 30 letters, digits and underscores",
    check(document) {
      const ids = operations(document).map(({ operation }) => operation["operationId"]);
      return [
        ...ids.filter((id) => typeof id !== "string" || !/^[a-zA-Z0-9_]{1,30}$/.test(id)),
        ...ids.filter((id, i) => ids.indexOf(id) !== i),
      ].map((id) => `operationId ${JSON.stringify(id)}`);
    },
  },
  {
    name: "summaries of at most 600 characters",
    check: perOperation(({ summary }, path) =>
      isText(summary, 600) ? undefined : `summary of ${path}`,
    ),
  },
  {
    name: "one JSON object in a request",
    check: perOperation((operation, path) =>
      operation["requestBody"] === undefined || isJsonObject(operation["requestBody"])
        ? undefined
        : `request of ${path}`,
    ),
  },
  {
    name: "nothing but 200 in a response, with one JSON object",
    check: perOperation(({ responses }, path) => {
      const { "200": ok, ...others } = members(responses);
      return Object.keys(others).length === 0 &&
        isJsonObject(ok) &&
        typeof members(ok)["description"] === "string"
        ? undefined
        : `response of ${path}`;
    }),
  },
  {
    name: "no parameters outside of the body",
    check: perOperation(({ parameters }, path) => (parameters === undefined ? undefined : path)),
  },
  {
    name: "known keywords, no references and no additionalProperties",
    check: perSchema((schema) => {
      const unknown = Object.keys(schema).filter(
        (name) => !keywords.has(name) && !name.startsWith("x-"),
      );
      return unknown.length === 0 ? undefined : `extra sibling fields: ${unknown.join(" ")}`;
    }),
  },
  {
    name: "known members everywhere else",
    check: unknownMembers,
  },
  {
    name: "a known mode of running",
    check: perOperation(({ "x-runMode": mode = "Sync" }, path) =>
      ["Sync", "Streaming"].includes(String(mode)) ? undefined : `${path} runs ${mode}`,
    ),
  },
  {
    name: "examples and defaults that fit their schemas",
    check: perSchema((schema) => {
      const given = ["example", "default"].filter((name) => Object.hasOwn(schema, name));
      const wrong = given.filter((name) => !openApiSchemaCheck(schema)(schema[name]));
      return wrong.length === 0 ? undefined : wrong.join(" ");
    }),
  },
  {
    name: "a type everywhere",
    check: perSchema(({ type }) =>
      types.includes(String(type)) ? undefined : `type ${JSON.stringify(type)}`,
    ),
  },
  {
    name: "items in arrays",
    check: perSchema(({ type, items }) =>
      type !== "array" || isMembers(items) ? undefined : "no items",
    ),
  },
  {
    name: "properties in objects: others are dropped",
    check: perSchema(({ type, properties }) =>
      type !== "object" || Object.keys(members(properties)).length > 0
        ? undefined
        : "no properties",
    ),
  },
  {
    name: "names of letters, digits, underscores and hyphens",
    check: perSchema(({ properties }) => {
      const bad = Object.keys(members(properties)).filter((name) => !/^[\w-]+$/.test(name));
      return bad.length === 0 ? undefined : bad.join(" ");
    }),
  },
  {
    name: "required properties are declared",
    check: perSchema(({ required, properties }) => {
      const missing = list(required).filter(
        (name) => !Object.hasOwn(members(properties), String(name)),
      );
      return missing.length === 0 ? undefined : missing.join(" ");
    }),
  },
  {
    name: "nothing required in an object that may be left out",
    check: (document) =>
      operations(document).flatMap(({ operation, path }) =>
        schemasOf(operation).flatMap(([place, root]) =>
          place === "request" ? requiredInOptional(root, true, path) : [],
        ),
      ),
  },
  {
    name: "patterns of RE2",
    check: perSchema(({ pattern }) => {
      try {
        RE2JS.compile(typeof pattern === "string" ? pattern : "");
        return undefined;
      } catch (error) {
        return String(error);
      }
    }),
  },
  {
    name: "flags for exclusive limits",
    check: perSchema(({ exclusiveMinimum = true, exclusiveMaximum = true }) =>
      typeof exclusiveMinimum === "boolean" && typeof exclusiveMaximum === "boolean"
        ? undefined
        : "a number",
    ),
  },
  {
    name: "values of enums in descriptions",
    check: perSchema(({ enum: values, description }) =>
      list(values).every((value) => String(description).includes(String(value)))
        ? undefined
        : "models are not told",
    ),
  },
];

function requiredInOptional(schema: Members, needed: boolean, place: string): string[] {
  const required = list(schema["required"]);
  return [
    ...(needed || required.length === 0 ? [] : [`${place}: ${required.join(" ")}`]),
    // Lists are sent as they are, so that nothing in them is looked at.
    ...Object.entries(members(schema["properties"])).flatMap(([name, property]) =>
      members(property)["type"] === "object"
        ? requiredInOptional(
            members(property),
            needed && required.includes(name),
            `${place}.${name}`,
          )
        : [],
    ),
  ];
}

function schemasOf(operation: Members): [string, Members][] {
  const content = (part: Json) =>
    members(members(members(members(part)["content"])["application/json"])["schema"]);
  const request = operation["requestBody"];
  return [
    ...(request === undefined ? [] : [["request", content(request)] as [string, Members]]),
    ["response", content(members(operation["responses"])["200"])],
  ];
}

function* walk(schema: Members, at: string): Generator<[string, Members]> {
  yield [at, schema];
  for (const [name, property] of Object.entries(members(schema["properties"]))) {
    yield* walk(members(property), `${at}.${name}`);
  }
  if (isMembers(schema["items"])) {
    yield* walk(schema["items"], `${at}[]`);
  }
}

function isJsonObject(part: Json): boolean {
  const content = members(members(part)["content"]);
  const schema = members(members(content["application/json"])["schema"]);
  return Object.keys(content).length === 1 && schema["type"] === "object";
}

/** kin-openapi takes nothing that it does not know, at every level. */
function unknownMembers(document: Members): string[] {
  const unknown = (value: Json, place: string, names: readonly string[]) =>
    Object.keys(members(value))
      .filter((name) => !names.includes(name) && !name.startsWith("x-"))
      .map((name) => `${place}: extra sibling field ${name}`);
  const content = (part: Json, place: string) =>
    Object.values(members(members(part)["content"])).flatMap((media) =>
      unknown(media, place, ["schema"]),
    );
  return [
    ...unknown(document, "document", ["openapi", "info", "servers", "paths"]),
    ...unknown(document["info"], "info", ["title", "description", "version"]),
    ...list(document["servers"]).flatMap((server) => unknown(server, "server", ["url"])),
    ...operations(document).flatMap(({ path, method, operation }) => [
      ...(method === "post" ? [] : [`${path}: method ${method}`]),
      ...unknown(operation, path, [
        "operationId",
        "summary",
        "description",
        "deprecated",
        "requestBody",
        "responses",
        "parameters",
      ]),
      ...unknown(operation["requestBody"], `request of ${path}`, ["required", "content"]),
      ...content(operation["requestBody"], `request of ${path}`),
      ...Object.entries(members(operation["responses"])).flatMap(([status, response]) => [
        ...unknown(response, `${status} of ${path}`, ["description", "content"]),
        ...content(response, `${status} of ${path}`),
      ]),
    ]),
  ];
}
