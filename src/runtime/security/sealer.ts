import { decodeBase64Text } from "../codec/base64.ts";
import type { Digest, DoorCrypto } from "../http/crypto.ts";
import type { SignaturePart, SignatureScheme, SignedValues } from "./signature-scheme.ts";

/** Computes the signature of a body by one secret. */
export type Sealer = (values: SignedValues, body: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/**
 * Makes what computes a scheme's signatures. Throws an error that does not show
 * the secret if the secret has not the scheme's form.
 */
export function createSealer(scheme: SignatureScheme, secret: string, crypto: DoorCrypto): Sealer {
  const { parts, separator = "" } = scheme;
  const at = parts.indexOf("body");
  const before = textOf(parts.slice(0, at), "", separator, secret);
  const after = textOf(parts.slice(at + 1), separator, "", secret);
  const digest = digestOf(scheme, secret, crypto);
  return (values, body) => digest(before(values), body, after(values));
}

/** Joins parts, each between two texts. */
function textOf(
  parts: readonly SignaturePart[],
  left: string,
  right: string,
  secret: string,
): (values: SignedValues) => string {
  return (values) => {
    let text = "";
    for (const part of parts) {
      text += left + textOfPart(part, values, secret) + right;
    }
    return text;
  };
}

function textOfPart(part: SignaturePart, values: SignedValues, secret: string): string {
  if (typeof part === "object") {
    return part.text;
  }
  switch (part) {
    case "secret":
      return secret;
    case "body":
      return "";
    default:
      return values[part];
  }
}

function digestOf(
  { method, algorithm, secretFormat }: SignatureScheme,
  secret: string,
  crypto: DoorCrypto,
): Digest {
  if (method === "hash") {
    return crypto.hash(algorithm);
  }
  if (secretFormat === undefined) {
    return crypto.hmac(algorithm, secret);
  }
  const { prefix } = secretFormat;
  const key = decodeBase64Text(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret);
  if (key === undefined || key.length === 0) {
    throw new Error(`the secret must be base64, after ${JSON.stringify(prefix)} if that is there`);
  }
  return crypto.hmac(algorithm, key);
}
