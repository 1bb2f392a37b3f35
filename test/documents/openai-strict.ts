// What the strict mode of OpenAI's function calling takes:
// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas

type Members = Readonly<Record<string, unknown>>;

const keywords = new Set([
  "type",
  "description",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "anyOf",
  "$ref",
  "$defs",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
]);

const formats = new Set([
  "date-time",
  "time",
  "date",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uuid",
]);

/** What strict mode has against the parameters of a function. */
export function strictProblems(root: Members): string[] {
  const seen = [...walk(root, "$")];
  const problems = seen.flatMap(([at, schema]) =>
    schemaProblems(schema).map((text) => `${at}: ${text}`),
  );
  const properties = seen.reduce(
    (sum, [, schema]) => sum + Object.keys(record(schema["properties"])).length,
    0,
  );
  const values = seen.reduce((sum, [, schema]) => sum + list(schema["enum"]).length, 0);
  const depth = Math.max(...seen.map(([at]) => at.split(".").length - 1));
  return [
    ...problems,
    ...(root["type"] === "object" && root["anyOf"] === undefined ? [] : ["the root is no object"]),
    ...(properties <= 5000 ? [] : [`${properties} properties`]),
    ...(values <= 1000 ? [] : [`${values} enum values`]),
    ...(depth <= 10 ? [] : [`${depth} levels`]),
  ];
}

function schemaProblems(schema: Members): string[] {
  const names = Object.keys(record(schema["properties"]));
  const required = list(schema["required"]);
  const isObject = [schema["type"]].flat().includes("object");
  return [
    ...Object.keys(schema)
      .filter((name) => !keywords.has(name))
      .map((name) => `keyword ${name}`),
    ...(schema["$ref"] === undefined || Object.keys(schema).length === 1
      ? []
      : ["a sibling of $ref"]),
    ...((schema["type"] ?? schema["anyOf"] ?? schema["$ref"]) ? [] : ["no type"]),
    ...(isObject && schema["additionalProperties"] !== false ? ["additionalProperties"] : []),
    ...(isObject &&
    (names.length !== required.length || names.some((name) => !required.includes(name)))
      ? ["a property that is not required"]
      : []),
    ...(schema["format"] === undefined || formats.has(String(schema["format"])) ? [] : ["format"]),
  ];
}

function* walk(schema: Members, at: string): Generator<[string, Members]> {
  yield [at, schema];
  for (const [name, property] of Object.entries(record(schema["properties"]))) {
    yield* walk(record(property), `${at}.${name}`);
  }
  for (const [name, definition] of Object.entries(record(schema["$defs"]))) {
    yield* walk(record(definition), `$defs/${name}`.replaceAll(".", "/"));
  }
  if (schema["items"] !== undefined) {
    yield* walk(record(schema["items"]), `${at}[]`);
  }
  for (const part of list(schema["anyOf"])) {
    yield* walk(record(part), at);
  }
}

function record(value: unknown): Members {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
