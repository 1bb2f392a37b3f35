import { takeRandomnessFrom } from "../action/trace-id.ts";
import type { Digest, DoorCrypto, HashName } from "../http/crypto.ts";
import { earlyEqual, earlyRandom } from "./early-crypto.ts";
import { sha256 } from "./sha256.ts";

/** Doors' cryptography by `node:crypto`. */
export const nodeCrypto: DoorCrypto = {
  hmac: fastHmac,
  hash: fastHash,
  equal(a, b) {
    return a.length === b.length && (loaded === undefined ? earlyEqual(a, b) : equal(loaded, a, b));
  },
};

/** Two pieces of memory for each length of a digest. */
const pairs = new Map([20, 32, 64].map((size) => [size, [slow(size), slow(size)] as const]));

function slow(size: number): Buffer {
  return Buffer.allocUnsafeSlow(size);
}

/**
 * Compares bytes of one length. Small arrays are in JavaScript's heap, out of
 * which Node would have to move them first: copying them is faster.
 */
function equal({ timingSafeEqual }: NodeCrypto, a: Uint8Array, b: Uint8Array): boolean {
  const pair = pairs.get(a.length);
  if (pair === undefined) {
    return timingSafeEqual(a, b);
  }
  const [one, other] = pair;
  one.set(a);
  other.set(b);
  return timingSafeEqual(one, other);
}

type NodeCrypto = typeof import("node:crypto");

let loaded: NodeCrypto | undefined;

/** Whether somebody has asked for what `node:crypto` does. */
let isWanted = false;

/** How long the first callers have for their answers before it is loaded. */
const loadDelayMs = 25;

/**
 * `node:crypto`, which takes a tenth of the time in which a process starts to
 * load. So it is not loaded before somebody needs it, and the signatures of the
 * first calls do not wait for it: it is loaded once they have their answers.
 */
function loadCrypto(): NodeCrypto {
  loaded ??= process.getBuiltinModule("node:crypto");
  return loaded;
}

/** Has randomness for ids come from here; WebCrypto would have to be loaded on top of `node:crypto`. */
export function useNodeRandomness(): void {
  takeRandomnessFrom((bytes) => {
    if (loaded !== undefined || !earlyRandom(bytes)) {
      loadCrypto().randomFillSync(bytes);
    }
  });
}

/** Hashes in one go. The digest has one character a byte. */
function hashOnce(algorithm: HashName, bytes: Uint8Array): string {
  if (loaded !== undefined) {
    return loaded.hash(algorithm, bytes, "binary");
  }
  if (algorithm !== "sha256") {
    return loadCrypto().hash(algorithm, bytes, "binary");
  }
  if (!isWanted) {
    isWanted = true;
    setTimeout(loadCrypto, loadDelayMs).unref();
  }
  return sha256(bytes);
}

/** The blocks of the hash functions, in bytes. */
const blockSizes: Readonly<Record<HashName, number>> = { sha1: 64, sha256: 64, sha512: 128 };

/** Their digests. */
const digestSizes: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

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
    const end = join(blockSize, head, body, tail);
    if (end === undefined) {
      const { createHmac } = loadCrypto();
      return createHmac(algorithm, bytes).update(head).update(body).update(tail).digest();
    }
    pads ??= padsOf(algorithm, bytes);
    const { inner, outer } = pads;
    scratch.set(inner);
    outer.write(hashOnce(algorithm, scratch.subarray(0, end)), blockSize, "binary");
    return bytesOf(hashOnce(algorithm, outer));
  };
}

/** The bytes of a text with one character for each. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}

/** What the two hashes of an HMAC begin with; the outer one has room for the inner hash. */
interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

function padsOf(algorithm: HashName, key: Uint8Array): Pads {
  const blockSize = blockSizes[algorithm];
  const short = key.length > blockSize ? Buffer.from(hashOnce(algorithm, key), "binary") : key;
  const inner = Buffer.alloc(blockSize, 0x36);
  const outer = Buffer.alloc(blockSize + digestSizes[algorithm], 0x5c);
  for (const [i, byte] of short.entries()) {
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  return { inner, outer };
}

function fastHash(algorithm: HashName): Digest {
  return (head, body, tail = "") => {
    const end = join(0, head, body, tail);
    if (end === undefined) {
      const { createHash } = loadCrypto();
      return createHash(algorithm).update(head).update(body).update(tail).digest();
    }
    return bytesOf(hashOnce(algorithm, scratch.subarray(0, end)));
  };
}
