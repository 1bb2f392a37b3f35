import { createHash, createHmac, hash, timingSafeEqual } from "node:crypto";
import type { Digest, DoorCrypto, HashName } from "../http/crypto.ts";

/** Doors' cryptography by `node:crypto`. */
export const nodeCrypto: DoorCrypto = {
  hmac: fastHmac,
  hash: fastHash,
  equal(a, b) {
    return a.length === b.length && timingSafeEqual(a, b);
  },
};

/** The blocks of the hash functions, in bytes. */
const blockSizes: Readonly<Record<HashName, number>> = { sha1: 64, sha256: 64, sha512: 128 };

/**
 * Where texts and bodies are joined, as one-shot hashes take one piece only.
 * All digests share it: they are synchronous, and a server may have thousands.
 */
const scratch = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Writes what is digested to the scratch, from `start` on. Returns where it
 * ends, or undefined if it does not fit; nearly everything does.
 */
function join(start: number, head: string, body: Uint8Array, tail: string): number | undefined {
  const headEnd = start + Buffer.byteLength(head);
  const bodyEnd = headEnd + body.length;
  const end = tail === "" ? bodyEnd : bodyEnd + Buffer.byteLength(tail);
  if (end > scratch.length) {
    return undefined;
  }
  scratch.write(head, start);
  scratch.set(body, headEnd);
  if (tail !== "") {
    scratch.write(tail, bodyEnd);
  }
  return end;
}

/**
 * HMAC as RFC 2104 defines it, with both pads prepared and two one-shot hashes:
 * for a body of 1 KB that takes half as long as `createHmac`, most of whose time
 * goes into making and dropping its object. Digests as text of one byte a
 * character save the making of buffers outside of JavaScript.
 */
function fastHmac(algorithm: HashName, key: string | Uint8Array): Digest {
  const blockSize = blockSizes[algorithm];
  const bytes = typeof key === "string" ? Buffer.from(key) : key;
  const short = bytes.length > blockSize ? hash(algorithm, bytes, "buffer") : bytes;
  const inner = Buffer.alloc(blockSize, 0x36);
  const outer = Buffer.alloc(blockSize + hash(algorithm, "", "buffer").length, 0x5c);
  for (const [i, byte] of short.entries()) {
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  return (head, body, tail = "") => {
    const end = join(blockSize, head, body, tail);
    if (end === undefined) {
      return createHmac(algorithm, bytes).update(head).update(body).update(tail).digest();
    }
    scratch.set(inner);
    outer.write(hash(algorithm, scratch.subarray(0, end), "binary"), blockSize, "binary");
    return Buffer.from(hash(algorithm, outer, "binary"), "binary");
  };
}

function fastHash(algorithm: HashName): Digest {
  return (head, body, tail = "") => {
    const end = join(0, head, body, tail);
    return end === undefined
      ? createHash(algorithm).update(head).update(body).update(tail).digest()
      : Buffer.from(hash(algorithm, scratch.subarray(0, end), "binary"), "binary");
  };
}
