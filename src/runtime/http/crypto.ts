/**
 * The few functions of a cryptography library that doors need. Node's own is
 * synchronous and several times faster than WebCrypto, which runs everywhere;
 * a server brings one or the other.
 */
export interface DoorCrypto {
  /** Prepares an HMAC with a key, a text that is not empty, as UTF-8. */
  hmac(hash: "sha256", key: string): Hmac;

  /** Whether two byte strings are equal, in a time that depends on their lengths only. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}

/** Computes the HMAC of some text (as UTF-8) followed by some bytes. */
export type Hmac = (head: string, body: Uint8Array) => Uint8Array | Promise<Uint8Array>;
