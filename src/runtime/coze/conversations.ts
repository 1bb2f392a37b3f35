import type { ApiRequest } from "./api-request.ts";
import { type ApiSession, callApi, callForData } from "./call-api.ts";
import type { CallerIds } from "./caller.ts";
import { type CozeMessage, type NewMessage, readMessage, writeMessage } from "./message.ts";
import { flagIn, listIn, textIn, textsIn, timeIn } from "./read-record.ts";

/** Conversations; where no id is given, the one that the call belongs to. */
export interface Conversations {
  get(conversationId?: string): Promise<Conversation>;
  /** One page of messages, the newest first unless told otherwise. */
  messages(options?: MessageQuery): Promise<MessagePage>;
  /** All messages from there on, page by page as they are asked for. */
  history(options?: MessageQuery): AsyncIterable<CozeMessage>;
  /** Adds a message, without asking the bot for an answer. */
  addMessage(message: NewMessage, conversationId?: string): Promise<CozeMessage>;
}

/** A conversation. */
export interface Conversation {
  readonly id: string;
  readonly createdAt: Date | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** The part of it that the model still remembers. */
  readonly lastSectionId: string;
}

/** Which messages. */
export interface MessageQuery {
  readonly conversationId?: string | undefined;
  /** `desc`, the newest first, if left out. */
  readonly order?: "asc" | "desc" | undefined;
  /** Those of one chat only. */
  readonly chatId?: string | undefined;
  readonly beforeId?: string | undefined;
  readonly afterId?: string | undefined;
  /** How many there are in a page: 1 to 50; 50 if left out. */
  readonly limit?: number | undefined;
}

/** Some messages of a conversation. */
export interface MessagePage {
  readonly messages: readonly CozeMessage[];
  readonly firstId: string;
  /** Give it as `afterId` for the next page. */
  readonly lastId: string;
  readonly hasMore: boolean;
}

export function createConversations(session: ApiSession, ids: CallerIds): Conversations {
  const query = (given?: string) => ({ conversation_id: ids.need("conversationId", given) });

  async function messages(options: MessageQuery = {}): Promise<MessagePage> {
    const request: ApiRequest = {
      method: "POST",
      path: "/v1/conversation/message/list",
      query: query(options.conversationId),
      body: {
        order: options.order,
        chat_id: options.chatId,
        before_id: options.beforeId,
        after_id: options.afterId,
        limit: options.limit,
      },
      // It only reads, whatever its method says.
      safe: true,
    };
    const body = await callApi(session, request);
    return {
      messages: listIn(body, "data", readMessage),
      firstId: textIn(body, "first_id"),
      lastId: textIn(body, "last_id"),
      hasMore: flagIn(body, "has_more"),
    };
  }

  return {
    messages,

    async get(conversationId) {
      const path = "/v1/conversation/retrieve";
      const request: ApiRequest = { method: "GET", path, query: query(conversationId), safe: true };
      const data = await callForData(session, request);
      return {
        id: textIn(data, "id"),
        createdAt: timeIn(data, "created_at"),
        metadata: textsIn(data, "meta_data"),
        lastSectionId: textIn(data, "last_section_id"),
      };
    },

    async *history(options = {}) {
      let { afterId } = options;
      for (;;) {
        const page = await messages({ ...options, afterId });
        yield* page.messages;
        // A page that leads nowhere would be asked for without end.
        if (!page.hasMore || page.lastId === "" || page.lastId === afterId) {
          return;
        }
        afterId = page.lastId;
      }
    },

    async addMessage(message, conversationId) {
      const path = "/v1/conversation/message/create";
      const body = writeMessage(message);
      const request: ApiRequest = {
        method: "POST",
        path,
        query: query(conversationId),
        body,
        safe: false,
      };
      return readMessage(await callForData(session, request));
    },
  };
}
