import { takeRandomnessFrom } from "../action/trace-id.ts";
import type { Digest, DoorCrypto, HashName } from "../http/crypto.ts";

/** Doors' cryptography by `node:crypto`. */
export const nodeCrypto: DoorCrypto = {
  hmac: fastHmac,
  hash: fastHash,
  equal(a, b) {
    return a.length === b.length && loadCrypto().timingSafeEqual(a, b);
  },
};

type NodeCrypto = typeof import("node:crypto");

let loaded: NodeCrypto | undefined;

/**
 * `node:crypto`, loaded when it is first needed, as that takes a tenth of the
 * time in which a process starts: servers load it when they listen already,
 * while their first callers connect.
 */
export function loadCrypto(): NodeCrypto {
  if (loaded === undefined) {
    const crypto = process.getBuiltinModule("node:crypto");
    // WebCrypto would have to be loaded on top of it.
    takeRandomnessFrom((bytes) => crypto.randomFillSync(bytes));
    loaded = crypto;
  }
  return loaded;
}

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
  const bytes = typeof key === "string" ? Buffer.from(key) : key;
  const blockSize = blockSizes[algorithm];
  let pads: Pads | undefined;
  return (head, body, tail = "") => {
    const { createHmac, hash } = loadCrypto();
    const end = join(blockSize, head, body, tail);
    if (end === undefined) {
      return createHmac(algorithm, bytes).update(head).update(body).update(tail).digest();
    }
    pads ??= padsOf(algorithm, bytes);
    const { inner, outer } = pads;
    scratch.set(inner);
    outer.write(hash(algorithm, scratch.subarray(0, end), "binary"), blockSize, "binary");
    return Buffer.from(hash(algorithm, outer, "binary"), "binary");
  };
}

/** What the two hashes of an HMAC begin with; the outer one has room for the inner hash. */
interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

function padsOf(algorithm: HashName, key: Uint8Array): Pads {
  const { hash } = loadCrypto();
  const blockSize = blockSizes[algorithm];
  const short = key.length > blockSize ? hash(algorithm, key, "buffer") : key;
  const inner = Buffer.alloc(blockSize, 0x36);
  const outer = Buffer.alloc(blockSize + hash(algorithm, "", "buffer").length, 0x5c);
  for (const [i, byte] of short.entries()) {
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  return { inner, outer };
}

function fastHash(algorithm: HashName): Digest {
  return (head, body, tail = "") => {
    const { createHash, hash } = loadCrypto();
    const end = join(0, head, body, tail);
    return end === undefined
      ? createHash(algorithm).update(head).update(body).update(tail).digest()
      : Buffer.from(hash(algorithm, scratch.subarray(0, end), "binary"), "binary");
  };
}
