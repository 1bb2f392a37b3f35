/**
 * The few functions of a cryptography library that doors need. Node's own is
 * synchronous and several times faster than WebCrypto, which runs everywhere;
 * a server brings one or the other.
 */
export interface DoorCrypto {
  /** Prepares an HMAC with a key that is not empty; a text counts as UTF-8. */
  hmac(algorithm: HashName, key: string | Uint8Array<ArrayBuffer>): Digest;

  /** The bare hash. */
  hash(algorithm: HashName): Digest;

  /** Whether two byte strings are equal, in a time that depends on their lengths only. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}

/** The hash functions that signatures are made of. */
export type HashName = "sha1" | "sha256" | "sha512";

/** Digests some bytes between two texts (as UTF-8), of which the second is mostly left out. */
export type Digest = (
  head: string,
  body: Uint8Array,
  tail?: string,
) => Uint8Array | Promise<Uint8Array>;
