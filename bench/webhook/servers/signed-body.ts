import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { secret } from "../secret.ts";

/** Reads all of a request, as signatures are of the bytes that came. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether the callback's signature is that of its body, and not older than five minutes. */
export function isSigned({ headers }: IncomingMessage, body: Buffer): boolean {
  const timestamp = String(headers["x-coze-timestamp"]);
  const signature = Buffer.from(String(headers["x-coze-signature"]));
  const expected = Buffer.from(
    createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex"),
  );
  return (
    Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300 &&
    signature.length === expected.length &&
    timingSafeEqual(signature, expected)
  );
}
