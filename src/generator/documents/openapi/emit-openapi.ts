import type { SpecOptions } from "../../options/spec-options.ts";
import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { MessageType } from "../../tool-model/message-type.ts";
import { reachableMessages } from "../../tool-model/nested.ts";
import type { Tool, ToolModel, ToolPlugin } from "../../tool-model/tool-model.ts";
import { firstParagraph } from "../../tool-model/unwrap-comment.ts";
import type { DocumentEmitter } from "../document.ts";
import { printJson } from "../print-json.ts";
import { openApi } from "../schema/dialects.ts";
import { messageSchema } from "../schema/message-schema.ts";
import { toolDescription } from "../tool-text.ts";
import { callbackPath, callbackSchemas } from "./callback.ts";
import { failureSchemas, refusalResponses, refusals } from "./failures.ts";
import { receiptSchemas } from "./receipts.ts";

/** OpenAPI 3.1 of the doors that speak JSON over HTTP: tool calls and the callback. */
export const emitOpenApi: DocumentEmitter = (model, options) =>
  model.plugins.length === 0
    ? []
    : [{ path: "openapi/openapi.json", content: printJson(httpDoors(model, options)) }];

function httpDoors({ plugins }: ToolModel, options: SpecOptions): JsonObject {
  const tools = plugins.flatMap((plugin) => plugin.tools);
  const messages = reachableMessages(tools.flatMap(({ input, output }) => [input, output]));
  const [first] = plugins;
  return {
    openapi: "3.1.0",
    info: {
      title: plugins.map(({ title }) => title).join(", "),
      description: plugins.length === 1 ? first?.description || undefined : undefined,
      version: first?.version,
    },
    servers: [{ url: options.server }],
    tags: plugins.map(({ title, description }) => ({
      name: title,
      description: description === "" ? undefined : description,
    })),
    paths: {
      ...objectOf(
        plugins.flatMap((plugin) =>
          plugin.tools.map((tool) => [
            `${options.tool_path}/${tool.name}`,
            { post: operation(plugin, tool, options) },
          ]),
        ),
      ),
      [options.callback_path]: { post: callbackPath(tools) },
    },
    components: {
      schemas: {
        ...objectOf([...messages].map((m) => [m.typeName, messageSchema(m, reference, openApi)])),
        ...failureSchemas,
        ...callbackSchemas,
        ...(tools.some(({ asynchronous }) => asynchronous) ? receiptSchemas : {}),
      },
      responses: refusals,
      securitySchemes: securitySchemes[options.auth],
    },
  };
}

function operation(plugin: ToolPlugin, tool: Tool, { auth }: SpecOptions): JsonObject {
  const description = toolDescription(tool);
  const summary = firstParagraph(description);
  return {
    operationId: tool.name,
    tags: [plugin.title],
    summary,
    description: description === summary ? undefined : description,
    deprecated: tool.deprecated ? true : undefined,
    security: auth === "none" ? undefined : [{ [auth]: [] }],
    requestBody: {
      required: tool.input.fields.some(({ required }) => required),
      content: { "application/json": { schema: { $ref: reference(tool.input) } } },
    },
    responses: {
      "200": {
        description: tool.streaming
          ? "To callers that accept text/event-stream: an event for each message, then an event named done, or error. To others: an error."
          : "The answer, or why the action did not succeed.",
        content: tool.streaming ? streamContent(tool) : answerContent(tool),
      },
      ...refusalResponses(auth !== "none"),
    },
  };
}

function answerContent({ output, asynchronous }: Tool): JsonObject {
  const either = {
    oneOf: [
      { $ref: reference(output) },
      { $ref: "#/components/schemas/bot.action.v1.ToolFailure" },
      ...(asynchronous ? [{ $ref: "#/components/schemas/bot.action.v1.ToolReceipt" }] : []),
    ],
  };
  return { "application/json": { schema: either } };
}

function streamContent({ output }: Tool): JsonObject {
  return {
    "text/event-stream": {
      schema: {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { $ref: reference(output) },
      },
    },
    "application/json": { schema: { $ref: "#/components/schemas/bot.action.v1.ToolFailure" } },
  };
}

function reference({ typeName }: MessageType): string {
  return `#/components/schemas/${typeName}`;
}

const securitySchemes: Readonly<Record<SpecOptions["auth"], JsonObject | undefined>> = {
  none: undefined,
  api_key: {
    api_key: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      description: "The apiKey of the tool door, with or without Bearer before it.",
    },
  },
  oauth: { oauth: { type: "http", scheme: "bearer" } },
};
