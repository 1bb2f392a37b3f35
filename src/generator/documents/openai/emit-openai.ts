import type { Json, JsonObject } from "../../tool-model/json.ts";
import type { Tool } from "../../tool-model/tool-model.ts";
import type { DocumentEmitter } from "../document.ts";
import { printJson } from "../print-json.ts";
import { fitComment, messageWords, toolDescription } from "../tool-text.ts";
import { sentences } from "../words/list-words.ts";
import { fitsStrict } from "./strict-limits.ts";
import { parametersSchema } from "./tool-schema.ts";

/** How long the description of a function may be. */
const maxDescription = 1024;

/**
 * OpenAI's function calling: for each plugin the list `tools` as the Chat
 * Completions API takes it, and so do many others, and as the Responses API
 * does.
 */
export const emitOpenAi: DocumentEmitter = ({ plugins }) =>
  plugins.flatMap(({ id, tools }) => {
    const functions = tools.map(functionOf);
    const file = (name: string, json: Json) => ({
      path: `openai/${id}.${name}.json`,
      content: printJson(json),
    });
    return [
      file(
        "chat-completions",
        functions.map((definition) => ({ type: "function", function: definition })),
      ),
      file(
        "responses",
        functions.map((definition) => ({ type: "function", ...definition })),
      ),
    ];
  });

function functionOf(tool: Tool): JsonObject {
  const strict = fitsStrict(tool.input);
  const text = sentences([toolDescription(tool), messageWords(tool.input)]);
  return {
    name: tool.name,
    description: fitComment(text, maxDescription).text.slice(0, maxDescription),
    strict,
    parameters: parametersSchema(tool.input, strict),
  };
}
