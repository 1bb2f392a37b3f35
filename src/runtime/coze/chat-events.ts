import { readObject, unreadable } from "./answer.ts";
import type { ApiRequest } from "./api-request.ts";
import type { ApiSession } from "./call-api.ts";
import { type Chat, readChat } from "./chat.ts";
import { type CozeMessage, readMessage } from "./message.ts";
import { numberIn, textIn } from "./read-record.ts";
import { type ApiEvent, cutOff, failedEvent, streamApi } from "./stream-api.ts";

/** What happens in a chat. */
export type ChatEvent =
  /** The chat has another status; with `requires_action` it waits for the outputs of tools. */
  | { readonly kind: "chat"; readonly chat: Chat }
  /** The next part of a message: `content` is only what is new. */
  | { readonly kind: "delta"; readonly message: CozeMessage }
  /** The next part of spoken text, in base64. */
  | { readonly kind: "audio"; readonly message: CozeMessage }
  /** A whole message. */
  | { readonly kind: "message"; readonly message: CozeMessage };

/**
 * The events of a chat, until the platform says that there are no more. Throws
 * if it tells of an error, and `unavailable` if the stream breaks off before.
 */
export async function* streamChat(
  session: ApiSession,
  request: ApiRequest,
): AsyncGenerator<ChatEvent, void, undefined> {
  for await (const received of streamApi(session, request)) {
    if (received.event === "done") {
      return;
    }
    const event = readChatEvent(session, request, received);
    if (event !== undefined) {
      yield event;
    }
  }
  throw cutOff(session, request);
}

/** An event; undefined for pings, and for kinds that came after this was written. */
function readChatEvent(
  session: ApiSession,
  request: ApiRequest,
  received: ApiEvent,
): ChatEvent | undefined {
  const { event, data } = received;
  const isChat = event.startsWith("conversation.chat.");
  const kind = messageKinds.get(event);
  if (!isChat && kind === undefined && event !== "error") {
    return undefined;
  }
  const item = readObject(data);
  if (item === undefined) {
    throw unreadable(`has an event ${JSON.stringify(event.slice(0, 40))} that is not JSON`);
  }
  if (isChat) {
    return { kind: "chat", chat: readChat(item) };
  }
  if (kind !== undefined) {
    return { kind, message: readMessage(item) };
  }
  const said = { code: numberIn(item, "code"), message: textIn(item, "msg") };
  throw failedEvent(session, request, received, said);
}

const messageKinds = new Map<string, "delta" | "message" | "audio">([
  ["conversation.message.delta", "delta"],
  ["conversation.message.completed", "message"],
  ["conversation.audio.delta", "audio"],
]);
