import type { DoorCrypto } from "../../http/crypto.ts";
import { hexText } from "../../security/hex.ts";

/**
 * Derives the trace id of a platform's event from its id: the first 16 bytes of
 * the SHA-256 of `bot.event:<event_id>`. So everything that an event sets off
 * is found by its id, and an event that is sent again goes on in its trace.
 */
export async function eventTraceId(eventId: string, crypto: DoorCrypto): Promise<string> {
  const digest = await crypto.hash("sha256")(`bot.event:${eventId}`, nothing);
  return hexText(digest.subarray(0, 16));
}

const nothing = new Uint8Array();
