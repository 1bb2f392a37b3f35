import type { HeaderReader } from "../action/headers.ts";
import type { DoorCrypto } from "../http/crypto.ts";
import { Refusal } from "../http/refusal.ts";
import { hexBytes } from "./hex.ts";

/**
 * Checks that a request comes from someone who knows a secret: resolves if it
 * does, rejects with a `Refusal` otherwise. It sees the body as it came, before
 * anything is parsed.
 */
export type RequestCheck = (headers: HeaderReader, body: Uint8Array) => Promise<void>;

/** The headers of a signed callback. */
export const signatureHeader = "x-coze-signature";
export const timestampHeader = "x-coze-timestamp";

/** How far a caller's clock may be off, in seconds, and how long a request can be replayed. */
const windowSeconds = 300;

/**
 * Checks the signature of a callback: `X-Coze-Signature` is the HMAC-SHA256, in
 * hex, of `<X-Coze-Timestamp>.<body>`, where the timestamp is in seconds since
 * 1970.
 *
 * The separator is an assumption: nothing published says how the two are
 * joined, and a dot is what Stripe, Standard Webhooks and most others use.
 *
 * @param secrets the request may be signed with any of them
 */
export function callbackSignature(secrets: readonly string[], crypto: DoorCrypto): RequestCheck {
  const hmacs = secrets.map((secret) => crypto.hmac("sha256", secret));
  return async (headers, body) => {
    const timestamp = required(headers, timestampHeader);
    const signature = hexBytes(required(headers, signatureHeader));
    checkTimestamp(timestamp);
    let valid = false;
    if (signature !== undefined) {
      // All secrets are tried, so that the time does not tell which one it was.
      for (const hmac of hmacs) {
        const expected = await hmac(`${timestamp}.`, body);
        valid = crypto.equal(expected, signature) || valid;
      }
    }
    if (!valid) {
      throw new Refusal(401, `the ${signatureHeader} header is not the signature of this body`);
    }
  };
}

function required(headers: HeaderReader, name: string): string {
  const value = headers.get(name);
  if (value === undefined) {
    throw new Refusal(401, `the ${name} header is missing`);
  }
  return value;
}

function checkTimestamp(timestamp: string): void {
  if (!/^[0-9]{1,12}$/.test(timestamp)) {
    throw new Refusal(401, `the ${timestampHeader} header must be in seconds since 1970`);
  }
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > windowSeconds) {
    throw new Refusal(
      401,
      `the ${timestampHeader} header is more than ${windowSeconds} seconds off this server's clock`,
    );
  }
}
