import type { JsonRecord } from "../http/json-body.ts";
import {
  listIn,
  numberIn,
  recordIn,
  type TokenUsage,
  textIn,
  timeIn,
  usageIn,
} from "./read-record.ts";

/** One question to a bot, and what becomes of it. */
export interface Chat {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly status: ChatStatus;
  /** What the bot waits for if its status is `requires_action`: submit the outputs. */
  readonly toolCalls: readonly ToolCall[];
  /** Why it failed. */
  readonly lastError: { readonly code: number; readonly message: string } | undefined;
  readonly usage: TokenUsage | undefined;
  readonly createdAt: Date | undefined;
}

/** `unknown` stands for what came after this was written. */
export type ChatStatus = (typeof statuses)[number] | "unknown";

const statuses = [
  "created",
  "in_progress",
  "completed",
  "failed",
  "requires_action",
  "canceled",
] as const;

/** A call of a local plugin, which the caller of the bot has to do. */
export interface ToolCall {
  readonly id: string;
  /** `function` for a local plugin, `reply_message` for a question to the user. */
  readonly type: string;
  readonly name: string;
  /** The arguments as JSON text, as the model wrote them. */
  readonly arguments: string;
}

/** What a local plugin answered. */
export interface ToolOutput {
  readonly toolCallId: string;
  /** A text is sent as it is, anything else as JSON. */
  readonly output: unknown;
}

/** Whether a chat goes on by itself. */
export function isRunning({ status }: Chat): boolean {
  return status === "created" || status === "in_progress" || status === "unknown";
}

export function readChat(item: JsonRecord): Chat {
  const said = textIn(item, "status");
  const error = recordIn(item, "last_error");
  const action = recordIn(recordIn(item, "required_action") ?? {}, "submit_tool_outputs");
  return {
    id: textIn(item, "id"),
    conversationId: textIn(item, "conversation_id"),
    botId: textIn(item, "bot_id"),
    status: statuses.find((status) => status === said) ?? "unknown",
    toolCalls: listIn(action ?? {}, "tool_calls", readToolCall),
    lastError:
      error === undefined || numberIn(error, "code") === 0
        ? undefined
        : { code: numberIn(error, "code"), message: textIn(error, "msg") },
    usage: usageIn(item),
    createdAt: timeIn(item, "created_at"),
  };
}

function readToolCall(item: JsonRecord): ToolCall {
  const called = recordIn(item, "function") ?? {};
  return {
    id: textIn(item, "id"),
    type: textIn(item, "type"),
    name: textIn(called, "name"),
    arguments: textIn(called, "arguments"),
  };
}

/** An output as the platform takes it. */
export function writeToolOutput({ toolCallId, output }: ToolOutput) {
  const text =
    typeof output === "string" ? output : (JSON.stringify(output, bigintAsText) ?? "null");
  return { tool_call_id: toolCallId, output: text };
}

/** As ProtoJSON has 64-bit integers. */
function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
