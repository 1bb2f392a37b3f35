import type { Digest, DoorCrypto, HashName } from "./crypto.ts";

/** Doors' cryptography by the WebCrypto API, which every runtime has. */
export const webCrypto: DoorCrypto = {
  hmac(algorithm, key) {
    const bytes = typeof key === "string" ? encoder.encode(key) : key;
    const params = { name: "HMAC", hash: names[algorithm] };
    let imported: Promise<CryptoKey> | undefined;
    return async (head, body, tail) => {
      imported ??= crypto.subtle.importKey("raw", bytes, params, false, ["sign"]);
      const data = join(head, body, tail);
      return new Uint8Array(await crypto.subtle.sign("HMAC", await imported, data));
    };
  },
  hash(algorithm): Digest {
    return async (head, body, tail) =>
      new Uint8Array(await crypto.subtle.digest(names[algorithm], join(head, body, tail)));
  },
  equal(a, b) {
    // Every byte is visited and none decides the path.
    let difference = a.length ^ b.length;
    for (let i = 0; i < a.length; i++) {
      difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
    }
    return difference === 0;
  },
};

const names: Readonly<Record<HashName, string>> = {
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha512: "SHA-512",
};

const encoder = new TextEncoder();

function join(head: string, body: Uint8Array, tail = ""): Uint8Array<ArrayBuffer> {
  const start = encoder.encode(head);
  const end = encoder.encode(tail);
  const data = new Uint8Array(start.length + body.length + end.length);
  data.set(start);
  data.set(body, start.length);
  data.set(end, start.length + body.length);
  return data;
}
