import type { DoorCrypto, Hmac } from "./crypto.ts";

/** Doors' cryptography by the WebCrypto API, which every runtime has. */
export const webCrypto: DoorCrypto = {
  hmac(_hash, key) {
    return webHmac(key);
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

function webHmac(key: string): Hmac {
  const encoder = new TextEncoder();
  let imported: Promise<CryptoKey> | undefined;
  return async (head, body) => {
    imported ??= crypto.subtle.importKey(
      "raw",
      encoder.encode(key),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const start = encoder.encode(head);
    const data = new Uint8Array(start.length + body.length);
    data.set(start);
    data.set(body, start.length);
    return new Uint8Array(await crypto.subtle.sign("HMAC", await imported, data));
  };
}
