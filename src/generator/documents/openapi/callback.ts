import type { JsonObject } from "../../tool-model/json.ts";
import type { Tool } from "../../tool-model/tool-model.ts";
import { refusalResponses } from "./failures.ts";

/** The operation of the callback door: an envelope that names the action. */
export function callbackPath(tools: readonly Tool[]): JsonObject {
  return {
    operationId: "coze_callback",
    summary: "Call an action by its name.",
    parameters: [
      {
        name: "X-Coze-Timestamp",
        in: "header",
        description: "The time in seconds since 1970.",
        schema: { type: "string", pattern: "^[0-9]+$" },
      },
      {
        name: "X-Coze-Signature",
        in: "header",
        description:
          "HMAC-SHA256, in hex, of the timestamp, a dot and the body. Needed if the door has a secret.",
        schema: { type: "string", pattern: "^[0-9a-fA-F]{64}$" },
      },
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: {
            allOf: [{ $ref: "#/components/schemas/bot.coze.v1.CallbackRequest" }],
            // Which parameters an action takes depends on its name.
            oneOf: tools.map(({ name, input }) => ({
              properties: {
                action: { const: name },
                parameters: { $ref: `#/components/schemas/${input.typeName}` },
              },
            })),
          },
        },
      },
    },
    responses: {
      "200": {
        description: "The answer, or why the action did not succeed.",
        content: {
          "application/json": {
            schema: {
              oneOf: [
                { $ref: "#/components/schemas/bot.coze.v1.CallbackSuccess" },
                { $ref: "#/components/schemas/bot.coze.v1.CallbackError" },
                ...(tools.some(({ asynchronous }) => asynchronous)
                  ? [{ $ref: "#/components/schemas/bot.coze.v1.CallbackAccepted" }]
                  : []),
              ],
            },
          },
        },
      },
      ...refusalResponses(true),
    },
  };
}

/** The messages of the callback door. The package is reserved for botwire. */
export const callbackSchemas: JsonObject = {
  "bot.coze.v1.CallbackRequest": {
    description: "A call of an action.",
    type: "object",
    required: ["action"],
    properties: {
      action: { type: "string", description: "The action's name." },
      parameters: { type: "object", description: "The action's request." },
      bot_id: { type: "string", description: "The bot on whose behalf the action is called." },
      user_id: { type: "string", description: "The user for whom the bot acts." },
      conversation_id: { type: "string", description: "The conversation in which the bot acts." },
      connector_id: { type: "string", description: "The channel of the conversation." },
      event_id: { type: "string", description: "The event that led to the call." },
      locale: { type: "string", description: "BCP 47 language tag.", examples: ["zh-CN"] },
      device_class: { type: "string", description: "The user's device.", examples: ["mobile"] },
      message: {
        type: "object",
        description: "The user's message that led to the call.",
        properties: { content: { type: "string", description: "What the user said." } },
      },
    },
  },
  "bot.coze.v1.CallbackSuccess": {
    description: "An action that succeeded.",
    type: "object",
    required: ["status", "data", "trace_id"],
    properties: {
      status: { const: "success" },
      data: { type: "object", description: "The action's response." },
      trace_id: { type: "string", description: "Identifies the call in logs and traces." },
    },
  },
  "bot.coze.v1.CallbackError": {
    description: "An action that did not succeed.",
    type: "object",
    required: ["status", "error", "trace_id"],
    properties: {
      status: { const: "error" },
      error: { $ref: "#/components/schemas/bot.action.v1.ActionFailure" },
      trace_id: { type: "string", description: "Identifies the call in logs and traces." },
    },
  },
};
