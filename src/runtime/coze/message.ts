import type { JsonRecord } from "../http/json-body.ts";
import { textIn, textsIn, timeIn } from "./read-record.ts";

/** A message of a conversation. */
export interface CozeMessage {
  readonly id: string;
  readonly conversationId: string;
  /** Of messages that a chat produced. */
  readonly chatId: string;
  readonly botId: string;
  /** Who said it: `user` or `assistant`. */
  readonly role: string;
  /**
   * What it is: `question`, `answer`, `function_call`, `tool_output`,
   * `tool_response`, `follow_up` or `verbose`.
   */
  readonly type: string;
  readonly content: string;
  /** `text`, `object_string` (JSON with files and texts) or `card`. */
  readonly contentType: string;
  /** What the model thought, if it shows that. */
  readonly reasoning: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: Date | undefined;
}

/** A message that is to be sent: text, unless it says otherwise. */
export interface NewMessage {
  /** `user` if left out. */
  readonly role?: "user" | "assistant" | undefined;
  readonly content: string;
  readonly contentType?: "text" | "object_string" | undefined;
  /** At most 16; keys of at most 64, values of at most 512 characters. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export function readMessage(item: JsonRecord): CozeMessage {
  return {
    id: textIn(item, "id"),
    conversationId: textIn(item, "conversation_id"),
    chatId: textIn(item, "chat_id"),
    botId: textIn(item, "bot_id"),
    role: textIn(item, "role"),
    type: textIn(item, "type"),
    content: textIn(item, "content"),
    contentType: textIn(item, "content_type"),
    reasoning: textIn(item, "reasoning_content"),
    metadata: textsIn(item, "meta_data"),
    createdAt: timeIn(item, "created_at"),
  };
}

/** A message as the platform takes it. */
export function writeMessage({
  role = "user",
  content,
  contentType = "text",
  metadata,
}: NewMessage) {
  return { role, content, content_type: contentType, meta_data: metadata };
}
