import type { JsonObject } from "../../tool-model/json.ts";

/** How the doors write receipts of asynchronous actions. The package is reserved for botwire. */
export const receiptSchemas: JsonObject = {
  "bot.action.v1.Receipt": {
    description: "An action whose result is sent later.",
    type: "object",
    required: ["job_id", "message"],
    properties: {
      job_id: { type: "string", description: "Names the job in the result." },
      message: { type: "string", description: "What happens now, for people." },
    },
  },
  "bot.action.v1.ToolReceipt": {
    description: "An action whose result is sent later.",
    type: "object",
    required: ["receipt"],
    properties: { receipt: { $ref: "#/components/schemas/bot.action.v1.Receipt" } },
    additionalProperties: false,
  },
  "bot.coze.v1.CallbackAccepted": {
    description: "An action whose result is sent later.",
    type: "object",
    required: ["status", "receipt", "trace_id"],
    properties: {
      status: { const: "accepted" },
      receipt: { $ref: "#/components/schemas/bot.action.v1.Receipt" },
      trace_id: { type: "string", description: "Identifies the call in logs and traces." },
    },
  },
};
