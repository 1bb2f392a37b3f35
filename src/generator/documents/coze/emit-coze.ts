import type { SpecOptions } from "../../options/spec-options.ts";
import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Tool, ToolPlugin } from "../../tool-model/tool-model.ts";
import type { DocumentEmitter } from "../document.ts";
import { printJson } from "../print-json.ts";

import { cozeManifest } from "./coze-manifest.ts";
import { reportCozeProblems } from "./coze-problems.ts";
import { cozeRequest, cozeResponse } from "./coze-schema.ts";
import { cozePluginText, cozeSummary, reportCozeTexts } from "./coze-texts.ts";

/**
 * Coze and coze-studio: for each plugin an OpenAPI 3.0.1 document and a
 * manifest, as their importers take them.
 */
export const emitCoze: DocumentEmitter = ({ plugins }, options, diagnostics) =>
  plugins.flatMap((plugin) => {
    reportCozeTexts(plugin, diagnostics);
    const broken = plugin.tools.filter((tool) => reportCozeProblems(tool, diagnostics));
    if (broken.length > 0) {
      return [];
    }
    const path = `coze/${plugin.id}`;
    return [
      { path: `${path}.openapi.json`, content: printJson(cozeOpenApi(plugin, options)) },
      { path: `${path}.manifest.json`, content: printJson(cozeManifest(plugin, options)) },
    ];
  });

function cozeOpenApi(plugin: ToolPlugin, options: SpecOptions): JsonObject {
  return {
    openapi: "3.0.1",
    info: {
      title: plugin.title,
      description: cozePluginText(plugin),
      version: plugin.version,
    },
    servers: [{ url: `${options.server}${options.tool_path}` }],
    paths: objectOf(plugin.tools.map((tool) => [`/${tool.name}`, { post: operation(tool) }])),
  };
}

function operation(tool: Tool): JsonObject {
  const request = cozeRequest(tool.input);
  return {
    operationId: tool.name,
    "x-runMode": tool.streaming ? "Streaming" : undefined,
    summary: cozeSummary(tool).text,
    deprecated: tool.deprecated ? true : undefined,
    requestBody: request && {
      required: true,
      content: { "application/json": { schema: request } },
    },
    responses: {
      "200": {
        description: "The answer, or an error.",
        content: { "application/json": { schema: cozeResponse(tool) } },
      },
    },
  };
}
