import { type JsonObject, objectOf } from "../../tool-model/json.ts";

/** How the doors write failures. The package is reserved for botwire. */
export const failureSchemas: JsonObject = {
  "bot.action.v1.ActionFailure": {
    description: "Why an action did not succeed.",
    type: "object",
    required: ["code", "message", "violations"],
    properties: {
      code: { type: "string", description: "The kind of error.", examples: ["invalid_argument"] },
      message: { type: "string", description: "What went wrong, for people." },
      violations: {
        type: "array",
        description: "Every broken rule, if the request was invalid.",
        items: { $ref: "#/components/schemas/bot.action.v1.Violation" },
      },
    },
  },
  "bot.action.v1.Violation": {
    description: "One broken rule.",
    type: "object",
    required: ["field", "rule", "message"],
    properties: {
      field: {
        type: "string",
        description: "The path of the field; empty if the rule is about the whole message.",
        examples: ["attendees[3].email"],
      },
      rule: { type: "string", description: "The id of the rule.", examples: ["string.email"] },
      message: { type: "string", description: "What the rule asks for, for people." },
      for_key: { type: "boolean", description: "True if the rule is about a map's key." },
    },
  },
  "bot.action.v1.ToolFailure": {
    description: "An action that did not succeed.",
    type: "object",
    required: ["error"],
    properties: { error: { $ref: "#/components/schemas/bot.action.v1.ActionFailure" } },
    additionalProperties: false,
  },
  "bot.action.v1.Refusal": {
    description: "A call that was refused before anything ran.",
    type: "object",
    required: ["error", "trace_id"],
    properties: {
      error: { $ref: "#/components/schemas/bot.action.v1.ActionFailure" },
      trace_id: { type: "string", description: "Identifies the call in logs and traces." },
    },
  },
};

const reasons = {
  "400": ["BadRequest", "The body is no JSON object."],
  "401": ["Unauthorized", "The key or the signature is missing or wrong."],
  "404": ["NotFound", "There is no such action."],
  "413": ["TooLarge", "The body is too long."],
  "415": ["UnsupportedMediaType", "The body is not application/json, or compressed."],
  "429": ["TooManyRequests", "There are too many calls; Retry-After says when to come again."],
  "503": ["Unavailable", "Nothing can be served now; Retry-After says when to come again."],
} as const;

/** The answers to calls that were refused, as components. */
export const refusals: JsonObject = objectOf(
  Object.values(reasons).map(([name, description]) => [
    name,
    {
      description,
      content: {
        "application/json": { schema: { $ref: "#/components/schemas/bot.action.v1.Refusal" } },
      },
    },
  ]),
);

/** The answers to calls that were refused, for an operation. */
export function refusalResponses(secured: boolean): JsonObject {
  return objectOf(
    Object.entries(reasons)
      .filter(([status]) => secured || status !== "401")
      .map(([status, [name]]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
