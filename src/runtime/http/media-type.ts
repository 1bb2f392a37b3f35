import type { HeaderReader } from "../action/headers.ts";
import { Refusal } from "./refusal.ts";

/**
 * Refuses bodies that are not plain JSON in UTF-8. A missing type is refused,
 * too: browsers let pages of any origin post that without asking first.
 */
export function requireJson(headers: HeaderReader): void {
  const type = headers.get("content-type");
  // Nearly every caller sends exactly this.
  if (type !== "application/json" && !isJson(type)) {
    throw new Refusal(
      415,
      `the content type must be application/json, not ${type === undefined ? "missing" : JSON.stringify(type)}`,
    );
  }
  requireIdentity(headers);
}

/** Refuses compressed bodies: they save little here, and may unpack to anything. */
export function requireIdentity(headers: HeaderReader): void {
  const encoding = headers.get("content-encoding");
  if (encoding !== undefined && encoding.trim().toLowerCase() !== "identity") {
    throw new Refusal(
      415,
      `bodies with content-encoding ${JSON.stringify(encoding)} are not read here: send the body as it is`,
      { "accept-encoding": "identity" },
    );
  }
}

/** Whether the caller can read a stream of server-sent events. */
export function acceptsEventStream(headers: HeaderReader): boolean {
  const accept = headers.get("accept");
  // Nearly every caller sends nothing else, and does not mean it.
  return accept !== undefined && accept !== "*/*" && eventStreamType.test(accept);
}

const eventStreamType = /(^|[\s,])text\/event-stream($|[\s;,])/i;

const jsonType = /^application\/json[ \t]*(?:;[ \t]*charset[ \t]*=[ \t]*"?utf-?8"?[ \t]*)?;?$/i;

function isJson(type: string | undefined): boolean {
  return type !== undefined && jsonType.test(type.trim());
}
