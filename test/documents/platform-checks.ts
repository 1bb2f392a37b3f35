import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { cozeRequest } from "../../src/generator/documents/coze/coze-schema.ts";
import { difyRequest } from "../../src/generator/documents/dify/dify-schema.ts";
import { fitsStrict } from "../../src/generator/documents/openai/strict-limits.ts";
import { parametersSchema } from "../../src/generator/documents/openai/tool-schema.ts";
import { openApi } from "../../src/generator/documents/schema/dialects.ts";
import { messageSchema } from "../../src/generator/documents/schema/message-schema.ts";
import { ecmaPattern } from "../../src/generator/documents/schema/portable-pattern.ts";
import { isList, type Json, type JsonObject } from "../../src/generator/tool-model/json.ts";
import type { MessageType } from "../../src/generator/tool-model/message-type.ts";
import { measureInlined, reachableMessages } from "../../src/generator/tool-model/nested.ts";

/** Whether a schema accepts a message in its JSON form. */
export type Check = (json: unknown) => boolean;

function compile(schema: Json): Check {
  const ajv = new Ajv2020({ strictTypes: false, validateFormats: false });
  const check = ajv.compile(withoutUndefined(schema));
  return (json) => check(json) === true;
}

/** A schema of OpenAPI 3.0 as a check. */
export function openApiSchemaCheck(schema: object): Check {
  return compile(asJsonSchema(JSON.parse(JSON.stringify(schema)), ecmaPattern));
}

function withoutUndefined(schema: Json): Json & AnySchemaObject {
  return JSON.parse(JSON.stringify(schema));
}

/** A platform that gets a schema of requests. */
export type Platform = "coze" | "dify" | "openai" | "openai strict";

/** The schemas that platforms get for a message, as checks of its JSON form. */
export function platformChecks(type: MessageType): [Platform, Check][] {
  const { circle, properties } = measureInlined(type);
  const coze = circle === undefined && properties < 500 ? cozeRequest(type) : undefined;
  const dify = difyRequest(type);
  const checks: [Platform, Check][] = [["openai", compile(parametersSchema(type, false))]];
  if (coze !== undefined) {
    checks.push(["coze", openApiSchemaCheck(coze)]);
  }
  if (dify !== undefined) {
    checks.push(["dify", compile(asJsonSchema(withoutUndefined(dify), (pattern) => pattern))]);
  }
  if (fitsStrict(type)) {
    checks.push(["openai strict", compileStrict(type)]);
  }
  return checks;
}

/** Models give null for what they leave out. */
function compileStrict(type: MessageType): Check {
  const check = compile(parametersSchema(type, true));
  return (json) => check(withNulls(JSON.parse(JSON.stringify(json)), type));
}

function withNulls(json: Json, type: MessageType): Json {
  if (typeof json !== "object" || json === null || isList(json)) {
    return json;
  }
  return Object.fromEntries(
    type.fields.map(({ name, value }) => {
      const member = json[name] ?? null;
      switch (value.type.kind) {
        case "message":
          return [name, withNulls(member, value.type.message)];
        case "list": {
          const { type } = value.type.items;
          return [
            name,
            isList(member) && type.kind === "message"
              ? member.map((item) => withNulls(item, type.message))
              : member,
          ];
        }
        default:
          return [name, member];
      }
    }),
  );
}

/** OpenAPI 3.0 as JSON Schema: flags for exclusive limits, and patterns of RE2. */
function asJsonSchema(json: Json, translate: (pattern: string) => string): Json {
  if (isList(json)) {
    return json.map((item) => asJsonSchema(item, translate));
  }
  if (typeof json !== "object" || json === null) {
    return json;
  }
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, pattern, ...rest } = json;
  const { example: _, ...others } = rest;
  return {
    ...Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, asJsonSchema(value ?? null, translate)]),
    ),
    [exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"]: minimum,
    [exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"]: maximum,
    pattern: typeof pattern === "string" ? translate(pattern) : pattern,
  };
}

/** OpenAPI 3.1, which has no special numbers and no numbers of enums without a name. */
export function openApiCheck(type: MessageType): Check {
  const schemas = [...reachableMessages([type])].map((message): [string, JsonObject] => [
    message.typeName,
    messageSchema(message, ({ typeName }) => `#/$defs/${typeName}`, openApi),
  ]);
  return compile({ $ref: `#/$defs/${type.typeName}`, $defs: Object.fromEntries(schemas) });
}
