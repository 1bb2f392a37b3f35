// Calls tools as coze-studio does, from nothing but the document it imported:
// backend/domain/plugin/service/tool/invocation_{args,http}.go,
// internal/encoder/req_encode.go and service/exec_tool.go. It is written after
// what that code does, errors included, not after what it should do.

/** JSON with integers of any length, as Go's decoder keeps them. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A schema of OpenAPI 3.0, as far as the invoker looks at it. */
export interface CozeSchema {
  readonly type: string;
  readonly properties?: Readonly<Record<string, CozeSchema>>;
  readonly required?: readonly string[];
  readonly items?: CozeSchema;
  readonly default?: Json;
}

interface Content {
  readonly "application/json": { readonly schema: CozeSchema };
}

/** An operation of a document. */
export interface CozeOperation {
  readonly operationId: string;
  readonly "x-runMode"?: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: { readonly "200": { readonly content: Content } };
}

/** A document as the importer keeps it. */
export interface CozeDocument {
  readonly servers: readonly [{ readonly url: string }];
  readonly paths: Readonly<Record<string, { readonly post: CozeOperation }>>;
}

/** What is sent to the plugin's server. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** Calls a tool, and returns what the model is shown. Throws what the platform would report. */
export async function invoke(
  document: CozeDocument,
  name: string,
  args: { [name: string]: Json },
  send: Send,
): Promise<{ [name: string]: Json }> {
  const operation = operationOf(document, name);
  const response = await request(document, operation, args, send);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`http request failed, status=${response.status}\nresp=${text}`);
  }
  const answer: unknown = JSON.parse(text === "" ? "{}" : text);
  if (!isObject(answer)) {
    throw new Error("response is not object");
  }
  return pruned(answer, operation.responses["200"].content["application/json"].schema);
}

/** The operation of a tool. Throws if the document has none of that name. */
export function operationOf(document: CozeDocument, name: string): CozeOperation {
  const found = Object.values(document.paths).find(({ post }) => post.operationId === name);
  if (found === undefined) {
    throw new Error(`there is no tool ${name}`);
  }
  return found.post;
}

/** Sends the request of a call. */
export function request(
  document: CozeDocument,
  operation: CozeOperation,
  args: { [name: string]: Json },
  send: Send,
): Promise<Response> {
  const [path] = Object.entries(document.paths).find(([, { post }]) => post === operation) ?? [""];
  const schema = operation.requestBody?.content["application/json"].schema;
  const headers: Record<string, string> = {
    "User-Agent": "Coze/1.0",
    "X-Aiplugin-Connector-Identifier": "user-1",
  };
  let body: string | undefined;
  if (schema !== undefined) {
    const known = Object.entries(args).filter(([key]) => schema.properties?.[key] !== undefined);
    const filled = withDefaults(Object.fromEntries(known), schema);
    if (Object.keys(schema.properties ?? {}).length > 0) {
      body = JSON.stringify(corrected(filled, schema));
      headers["Content-Type"] = "application/json";
    }
  }
  return send(document.servers[0].url + path, {
    method: "POST",
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

type Members = { [name: string]: Json };

/** setBodyDefaultValues: the body is built anew from what is declared. */
function withDefaults(given: Members, schema: CozeSchema): Members {
  const filled: Members = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (property.type === "object") {
      const members = value ?? {};
      if (!isObject(members)) {
        throw new Error(`parameter '${name}' is not object`);
      }
      const nested = withDefaults(members, property);
      if (Object.keys(nested).length > 0) {
        define(filled, name, nested);
      }
    } else if (value !== undefined && value !== null) {
      define(filled, name, value);
    } else if (property.default !== undefined) {
      define(filled, name, property.default);
    } else if (schema.required?.includes(name) === true) {
      throw new Error(`parameter '${name}' is required`);
    }
  }
  return filled;
}

/** TryCorrectValueType of each property. */
function corrected(body: Members, schema: CozeSchema): Members {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const property = schema.properties?.[name];
      return [name, property === undefined ? value : correct(name, value, property)];
    }),
  );
}

function correct(name: string, value: Json, schema: CozeSchema): Json {
  if (value === null) {
    throw new Error(`value of '${name}' is nil`);
  }
  switch (schema.type) {
    case "string":
      return typeof value === "string" ? value : JSON.stringify(value);
    case "number":
    case "integer": {
      if (typeof value !== "string" && typeof value !== "number") {
        throw new Error(`cannot convert type of '${name}' to a number`);
      }
      const number = Number(value);
      return schema.type === "integer" && !Number.isInteger(number) ? 0 : number;
    }
    case "boolean":
      if (typeof value === "boolean" || value === "true" || value === "false") {
        return value === true || value === "true";
      }
      throw new Error(`cannot convert type of '${name}' to bool`);
    case "array": {
      const { items } = schema;
      if (!Array.isArray(value) || items === undefined) {
        throw new Error(`value '${name}' is not array`);
      }
      return value.map((item) => correct(name, item, items));
    }
    case "object":
      if (!isObject(value)) {
        throw new Error(`value '${name}' is not object`);
      }
      return corrected(value, schema);
    default:
      throw new Error(`unsupported schema type '${schema.type}'`);
  }
}

/** processWithInvalidRespProcessStrategyOfReturnDefault: what agents and workflows are given. */
function pruned(answer: Members, schema: CozeSchema): Members {
  const kept: Members = {};
  for (const [name, value] of Object.entries(answer)) {
    const property =
      schema.properties !== undefined && Object.hasOwn(schema.properties, name)
        ? schema.properties[name]
        : undefined;
    if (property !== undefined) {
      define(kept, name, orDefault(value, property));
    }
  }
  return kept;
}

function orDefault(value: Json, schema: CozeSchema): Json {
  switch (schema.type) {
    case "object":
      return isObject(value) ? pruned(value, schema) : null;
    case "array": {
      const { items } = schema;
      return Array.isArray(value) && items !== undefined
        ? value.map((item) => orDefault(item, items)).filter((item) => item !== null)
        : null;
    }
    case "string":
      return typeof value === "string" ? value : "";
    case "boolean":
      return typeof value === "boolean" ? value : false;
    case "integer":
      return typeof value === "number" && Number.isInteger(value) ? value : 0;
    case "number":
      return typeof value === "number" ? value : 0;
    default:
      throw new Error(`unsupported type '${schema.type}'`);
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets a property of any name. */
function define(target: Members, name: string, value: Json): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
