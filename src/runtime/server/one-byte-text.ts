import { OneByteText } from "../codec/one-byte-text.ts";
import type { WholeBody } from "../http/whole-body.ts";

/**
 * A body as text of one character a byte, so that its length is the body's.
 * Sockets take this kind of string fastest, and in one write together with the
 * head of an answer; a buffer takes two.
 */
export function oneByteText(body: WholeBody): string {
  if (typeof body !== "string") {
    return body instanceof Uint8Array
      ? Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1")
      : body.text;
  }
  return Buffer.byteLength(body) === body.length ? body : Buffer.from(body).toString("latin1");
}

/** A body of an answer behind the rest of its head, all as text of one character a byte. */
export function behindHead(head: string, body: WholeBody): string {
  if (body instanceof OneByteText) {
    return body.after(`${head}content-length: ${body.length}\r\n\r\n`);
  }
  const text = oneByteText(body);
  return `${head}content-length: ${text.length}\r\n\r\n${text}`;
}
