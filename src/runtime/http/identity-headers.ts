import type { Identity } from "../action/context.ts";
import type { HeaderReader } from "../action/headers.ts";

/**
 * The headers in which callers over RPC say who is calling. Nothing in them is
 * proof of identity.
 */
export const identityHeaders = {
  botId: "x-bot-id",
  userId: "x-user-id",
  conversationId: "x-conversation-id",
  connectorId: "x-connector-id",
  eventId: "x-event-id",
  deviceClass: "x-device-class",
} as const satisfies Partial<Record<keyof Identity, string>>;

/** Who is calling, as far as the headers of a call say it. */
export function identityFromHeaders(headers: HeaderReader): Partial<Identity> {
  const identity: Partial<Identity> = {};
  for (const key of identityKeys) {
    const value = headers.get(identityHeaders[key]);
    if (value !== undefined) {
      identity[key] = value;
    }
  }
  return identity;
}

const identityKeys = [
  "botId",
  "userId",
  "conversationId",
  "connectorId",
  "eventId",
  "deviceClass",
] as const satisfies readonly (keyof typeof identityHeaders)[];
