import type { SpecOptions } from "../../options/spec-options.ts";
import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Tool, ToolPlugin } from "../../tool-model/tool-model.ts";
import { firstParagraph } from "../../tool-model/unwrap-comment.ts";
import type { DocumentEmitter } from "../document.ts";
import { printJson } from "../print-json.ts";
import { messageWords, toolDescription } from "../tool-text.ts";
import { sentences } from "../words/list-words.ts";
import { difyRequest, difyResponse } from "./dify-schema.ts";

/** Dify's custom tools: for each plugin an OpenAPI document. */
export const emitDify: DocumentEmitter = ({ plugins }, options) =>
  plugins.map((plugin) => ({
    path: `dify/${plugin.id}.openapi.json`,
    content: printJson(difyOpenApi(plugin, options)),
  }));

function difyOpenApi(plugin: ToolPlugin, options: SpecOptions): JsonObject {
  return {
    openapi: "3.0.1",
    info: {
      title: plugin.title,
      description: plugin.description === "" ? `${plugin.title}.` : plugin.description,
      version: plugin.version,
    },
    servers: [{ url: `${options.server}${options.tool_path}` }],
    paths: objectOf(
      plugin.tools
        // A stream of events is no answer to Dify.
        .filter(({ streaming }) => !streaming)
        .map((tool) => [`/${tool.name}`, { post: operation(tool) }]),
    ),
  };
}

function operation(tool: Tool): JsonObject {
  const request = difyRequest(tool.input);
  const description = toolDescription(tool);
  return {
    operationId: tool.name,
    summary: firstParagraph(description),
    description: sentences([description, messageWords(tool.input)]),
    deprecated: tool.deprecated ? true : undefined,
    requestBody: request && {
      required: true,
      content: { "application/json": { schema: request } },
    },
    responses: {
      "200": {
        description: "The answer, or an error.",
        content: { "application/json": { schema: difyResponse(tool.output) } },
      },
    },
  };
}
