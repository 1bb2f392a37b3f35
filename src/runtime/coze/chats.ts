import type { ApiRequest } from "./api-request.ts";
import { type ApiSession, callApi, callForData } from "./call-api.ts";
import type { CallerIds } from "./caller.ts";
import { type Chat, isRunning, readChat, type ToolOutput, writeToolOutput } from "./chat.ts";
import { type ChatEvent, streamChat } from "./chat-events.ts";
import { type CozeMessage, type NewMessage, readMessage, writeMessage } from "./message.ts";
import { poll, type WaitOptions } from "./poll.ts";
import { listIn } from "./read-record.ts";

/** Chats with bots; what is left out (bot, user, conversation) is that of the call. */
export interface Chats {
  /** Asks a bot something and gives the chat, which has just begun: `wait` for it. */
  start(options: ChatOptions): Promise<Chat>;
  /** Asks a bot something and gives what it says as it says it. */
  stream(options: ChatOptions): AsyncIterable<ChatEvent>;
  get(chat: ChatRef): Promise<Chat>;
  /**
   * Waits until the chat is completed, failed, canceled, or waits for the outputs
   * of local plugins (`requires_action`).
   */
  wait(chat: ChatRef, options?: WaitOptions): Promise<Chat>;
  /** What the bot said in a chat that is completed, calls of tools included. */
  messages(chat: ChatRef): Promise<readonly CozeMessage[]>;
  /** Ends a chat that runs. */
  cancel(chat: ChatRef): Promise<Chat>;
  /** Gives a chat the outputs of its local plugins, and goes on without waiting. */
  submitToolOutputs(chat: ChatRef, outputs: readonly ToolOutput[]): Promise<Chat>;
  /** Gives a chat the outputs of its local plugins, and what the bot says to them. */
  streamToolOutputs(chat: ChatRef, outputs: readonly ToolOutput[]): AsyncIterable<ChatEvent>;
}

/** What a bot is asked. */
export interface ChatOptions {
  /** The last one is the question. At most 100. */
  readonly messages: readonly NewMessage[];
  readonly botId?: string | undefined;
  readonly userId?: string | undefined;
  /** A new one if the call has none. One chat at a time runs in a conversation. */
  readonly conversationId?: string | undefined;
  /** Values for `{{name}}` in the bot's prompt. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** What the start node of a chat flow takes. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** Names a chat; a `Chat` does. */
export interface ChatRef {
  /** The id of the chat. */
  readonly id: string;
  /** That of the call if left out. */
  readonly conversationId?: string | undefined;
}

export function createChats(session: ApiSession, ids: CallerIds): Chats {
  const refOf = ({ id, conversationId }: ChatRef) => ({
    conversation_id: ids.need("conversationId", conversationId),
    chat_id: id,
  });

  const ask = (options: ChatOptions, stream: boolean): ApiRequest => ({
    method: "POST",
    path: "/v3/chat",
    query: { conversation_id: ids.find("conversationId", options.conversationId) },
    body: {
      bot_id: ids.need("botId", options.botId),
      user_id: ids.need("userId", options.userId),
      additional_messages: options.messages.map(writeMessage),
      custom_variables: options.variables,
      parameters: options.parameters,
      // Local plugins, and everything that asks for a chat later, need it saved.
      auto_save_history: true,
      stream,
    },
    safe: false,
  });

  const submit = (chat: ChatRef, outputs: readonly ToolOutput[], stream: boolean): ApiRequest => ({
    method: "POST",
    path: "/v3/chat/submit_tool_outputs",
    query: refOf(chat),
    body: { tool_outputs: outputs.map(writeToolOutput), stream },
    safe: false,
  });

  const read = (path: string, chat: ChatRef): ApiRequest => ({
    method: "GET",
    path,
    query: refOf(chat),
    safe: true,
  });

  const get = async (chat: ChatRef) =>
    readChat(await callForData(session, read("/v3/chat/retrieve", chat)));

  return {
    get,
    start: async (options) => readChat(await callForData(session, ask(options, false))),
    stream: (options) => streamChat(session, ask(options, true)),
    wait: (chat, options = {}) =>
      poll(
        session,
        options,
        () => get(chat),
        (answer) => !isRunning(answer),
      ),
    messages: async (chat) =>
      listIn(await callApi(session, read("/v3/chat/message/list", chat)), "data", readMessage),
    async cancel(chat) {
      const path = "/v3/chat/cancel";
      const request: ApiRequest = { method: "POST", path, body: refOf(chat), safe: false };
      return readChat(await callForData(session, request));
    },
    submitToolOutputs: async (chat, outputs) =>
      readChat(await callForData(session, submit(chat, outputs, false))),
    streamToolOutputs: (chat, outputs) => streamChat(session, submit(chat, outputs, true)),
  };
}
