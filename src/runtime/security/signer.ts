import { encodeBase64 } from "../codec/base64.ts";
import type { DoorCrypto } from "../http/crypto.ts";
import { hexText } from "./hex.ts";
import { createSealer } from "./sealer.ts";
import { checkScheme, type SignatureScheme, signedHeaders } from "./signature-scheme.ts";

/**
 * Returns the headers that sign a body: names, each with its value. The id names
 * the message where the scheme has one; a random one if left out.
 */
export type Signer = (
  body: Uint8Array,
  id?: string,
) => Promise<readonly (readonly [string, string])[]>;

/**
 * Makes what signs requests by a scheme, each with the time at which it is
 * called and a nonce or id of its own.
 *
 * @param place names the client in errors
 */
export function createSigner(
  place: string,
  scheme: SignatureScheme,
  secret: string,
  crypto: DoorCrypto,
): Signer {
  checkScheme(place, scheme);
  const seal = createSealer(scheme, secret, crypto);
  const { headers: names, prefix = "", encoding } = scheme;
  const unitMs = scheme.timestampUnit === "milliseconds" ? 1 : 1000;
  return async (body, id = randomId()) => {
    const values = {
      timestamp: String(Math.floor(Date.now() / unitMs)),
      nonce: randomId(),
      id,
    };
    const signature = await seal(values, body);
    const text = encoding === "hex" ? hexText(signature) : encodeBase64(signature);
    return [
      [names.signature, prefix + text],
      ...signedHeaders.flatMap((role): [string, string][] => {
        const name = names[role];
        return name === undefined ? [] : [[name, values[role]]];
      }),
    ];
  };
}

function randomId(): string {
  return hexText(globalThis.crypto.getRandomValues(new Uint8Array(16)));
}
