import type { Identity } from "../action/context.ts";
import type { HeaderReader } from "../action/headers.ts";

/**
 * What the headers of a plugin call say about the caller. They are not signed:
 * whoever can call can also write them.
 */
export function toolIdentity(headers: HeaderReader): Partial<Identity> {
  const identity: Partial<Identity> = {};
  for (const [field, header] of identityHeaders) {
    const value = headers.get(header);
    if (value !== undefined) {
      identity[field] = value;
    }
  }
  return identity;
}

/**
 * The connector identifier is the `user_id` that the chat was started with; the
 * user's id on the platform itself comes in `x-aiplugin-uid`, to the owner's
 * own enterprise only, so handlers that need it read that header.
 */
const identityHeaders = [
  ["botId", "x-aiplugin-bot-id"],
  ["userId", "x-aiplugin-connector-identifier"],
  ["conversationId", "x-aiplugin-conversation-id"],
  ["connectorId", "x-aiplugin-connector-id"],
] as const satisfies readonly (readonly [keyof Identity, string])[];
