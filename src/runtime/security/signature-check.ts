import type { HeaderReader } from "../action/headers.ts";
import { isPromiseLike } from "../action/promise.ts";
import { decodeBase64Text } from "../codec/base64.ts";
import type { DoorCrypto } from "../http/crypto.ts";
import { Refusal } from "../http/refusal.ts";
import { hexBytes } from "./hex.ts";
import { createSealer } from "./sealer.ts";
import {
  checkScheme,
  type SignatureScheme,
  type SignedValues,
  signedHeaders,
} from "./signature-scheme.ts";

/**
 * Checks that a request comes from someone who knows a secret: returns what is
 * proven if it does, at once where the cryptography does not have to be waited
 * for; throws, or rejects with, a `Refusal` otherwise. It sees the body as it
 * came, before anything is parsed.
 */
export type SignatureCheck = (headers: HeaderReader, body: Uint8Array) => Proof | Promise<Proof>;

/** What a good signature proves. Values that the scheme has not are empty. */
export interface Proof extends SignedValues {
  readonly signature: Uint8Array;
}

/**
 * Makes the check of a scheme.
 *
 * @param place names the door in errors
 * @param secrets the request may be signed with any of them
 */
export function signatureCheck(
  place: string,
  scheme: SignatureScheme,
  secrets: readonly string[],
  crypto: DoorCrypto,
): SignatureCheck {
  checkScheme(place, scheme);
  const sealers = secrets.map((secret) => createSealer(scheme, secret, crypto));
  const signatureHeader = scheme.headers.signature.toLowerCase();
  const readValues = valuesReader(scheme);

  const prove = (
    values: SignedValues,
    candidates: readonly Uint8Array[],
    expected: readonly Uint8Array[],
  ): Proof => {
    let proven: Uint8Array | undefined;
    // All secrets and signatures are tried, so that the time does not tell
    // which of them it was.
    for (const one of expected) {
      for (const candidate of candidates) {
        if (crypto.equal(one, candidate)) {
          proven = one;
        }
      }
    }
    if (proven === undefined) {
      throw new Refusal(401, `the ${signatureHeader} header is not the signature of this body`);
    }
    const { timestamp, nonce, id } = values;
    return { timestamp, nonce, id, signature: proven };
  };

  return (headers, body) => {
    const values = readValues(headers);
    const candidates = readSignatures(required(headers, signatureHeader), scheme);
    const expected = candidates.length === 0 ? [] : sealers.map((seal) => seal(values, body));
    return areThere(expected)
      ? prove(values, candidates, expected)
      : Promise.all(expected).then((there) => prove(values, candidates, there));
  };
}

function areThere<T>(values: readonly (T | Promise<T>)[]): values is readonly T[] {
  return !values.some(isPromiseLike);
}

/** Reads and checks what is signed beside the body. */
function valuesReader(scheme: SignatureScheme): (headers: HeaderReader) => SignedValues {
  const { headers: names, windowSeconds } = scheme;
  const unit = scheme.timestampUnit ?? "seconds";
  const roles = signedHeaders.flatMap((role) => {
    const name = names[role]?.toLowerCase();
    return name === undefined ? [] : [{ role, name }];
  });
  return (headers) => {
    const values = { timestamp: "", nonce: "", id: "" };
    for (const { role, name } of roles) {
      const value = required(headers, name);
      if (role === "timestamp") {
        checkTimestamp(value, name, unit, windowSeconds);
      } else if (!plainText.test(value)) {
        throw new Refusal(401, `the ${name} header must be at most 200 ASCII characters`);
      }
      values[role] = value;
    }
    return values;
  };
}

/** Servers read other characters of a header in different ways. */
const plainText = /^[\x21-\x7e]{1,200}$/;

function required(headers: HeaderReader, name: string): string {
  const value = headers.get(name);
  if (value === undefined || value === "") {
    throw new Refusal(401, `the ${name} header is missing`);
  }
  return value;
}

const digits = { seconds: 10, milliseconds: 13 };

function checkTimestamp(
  timestamp: string,
  name: string,
  unit: "seconds" | "milliseconds",
  windowSeconds: number | undefined,
): void {
  // The number of digits is fixed (until 2286), so that where nothing separates
  // the timestamp from a nonce, none of its digits can be passed off as the
  // nonce's.
  if (timestamp.length !== digits[unit] || !/^[1-9][0-9]+$/.test(timestamp)) {
    throw new Refusal(401, `the ${name} header must be in ${unit} since 1970`);
  }
  if (windowSeconds !== undefined) {
    const unitMs = unit === "seconds" ? 1000 : 1;
    // In whole units, because a timestamp does not tell the part of a second in which it was made.
    const now = Math.floor(Date.now() / unitMs);
    if (Math.abs(now - Number(timestamp)) * unitMs > windowSeconds * 1000) {
      throw new Refusal(
        401,
        `the ${name} header is more than ${windowSeconds} seconds off this server's clock`,
      );
    }
  }
}

/** More signatures than this in one header are not looked at. */
const maxSignatures = 16;

/** The signatures of a header, without those of another version or form. */
function readSignatures(header: string, scheme: SignatureScheme): readonly Uint8Array[] {
  const { listSeparator } = scheme;
  if (listSeparator === undefined) {
    const signature = readSignature(header, scheme);
    return signature === undefined ? [] : [signature];
  }
  return header
    .split(listSeparator, maxSignatures)
    .map((text) => readSignature(text, scheme))
    .filter((signature) => signature !== undefined);
}

function readSignature(
  text: string,
  { prefix = "", encoding }: SignatureScheme,
): Uint8Array | undefined {
  if (!text.startsWith(prefix)) {
    return undefined;
  }
  const code = text.slice(prefix.length);
  return encoding === "hex" ? hexBytes(code) : decodeBase64Text(code);
}
