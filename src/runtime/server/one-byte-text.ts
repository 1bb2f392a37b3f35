/**
 * A body as text of one character a byte, so that its length is the body's.
 * Sockets take this kind of string fastest, and in one write together with the
 * head of an answer; a buffer takes two.
 */
export function oneByteText(body: string | Uint8Array): string {
  if (typeof body !== "string") {
    return Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
  }
  return Buffer.byteLength(body) === body.length ? body : Buffer.from(body).toString("latin1");
}
