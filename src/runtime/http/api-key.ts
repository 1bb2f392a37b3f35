import { after } from "../action/promise.ts";
import type { Digest, DoorCrypto } from "./crypto.ts";
import type { HttpRequest } from "./exchange.ts";
import { Refusal } from "./refusal.ts";

/** Where callers put their key. */
export interface KeyPlace {
  /** The header, in any case. */
  readonly header: string;
  /** The parameter of the query, for platforms that can set no header. */
  readonly query?: string | undefined;
}

/**
 * Lets requests pass that carry a key: at once where the cryptography does not have
 * to be waited for. Throws, or rejects with, a `Refusal` otherwise.
 */
export type KeyCheck = (request: HttpRequest) => void | PromiseLike<void>;

/** Checks that requests carry one of the keys, with or without `Bearer` before it. */
export function keyCheck(
  keys: readonly string[],
  { header, query }: KeyPlace,
  crypto: DoorCrypto,
): KeyCheck {
  const name = header.toLowerCase();
  // Digests under a key of this process are compared rather than the keys, so
  // that the time tells nothing, not even a key's length. That key is made with
  // the first request: edge workers have no randomness before.
  let hmac: Digest | undefined;
  const digest = (key: string) => {
    hmac ??= crypto.hmac("sha256", randomKey());
    return hmac("", new TextEncoder().encode(key));
  };
  const digestAll = () => {
    const digests = keys.map(digest);
    const there = digests.filter((one): one is Uint8Array => one instanceof Uint8Array);
    return there.length === digests.length ? there : Promise.all(digests);
  };
  let expected: readonly Uint8Array[] | Promise<readonly Uint8Array[]> | undefined;
  const place = query === undefined ? `the ${name} header` : `the ${name} header or ?${query}=`;

  const compare = (all: readonly Uint8Array[], actual: Uint8Array) => {
    let valid = false;
    for (const one of all) {
      valid = crypto.equal(one, actual) || valid;
    }
    if (!valid) {
      throw new Refusal(401, "the API key is wrong", challenge);
    }
  };

  return (request) => {
    const given = givenKey(request, name, query);
    if (given === undefined) {
      throw new Refusal(401, `the API key is missing: send it in ${place}`, challenge);
    }
    expected ??= digestAll();
    return after(expected, (all) => after(digest(given), (actual) => compare(all, actual)));
  };
}

/** An answer 401 has to say what is asked for, https://www.rfc-editor.org/rfc/rfc9110#field.www-authenticate. */
const challenge = { "www-authenticate": "Bearer" };

function givenKey(
  request: HttpRequest,
  header: string,
  query: string | undefined,
): string | undefined {
  const value = request.headers.get(header);
  if (value !== undefined) {
    return value.replace(/^Bearer +/i, "");
  }
  return query === undefined
    ? undefined
    : (new URLSearchParams(request.query).get(query) ?? undefined);
}

/** A key that nobody else knows. */
export function randomKey(): string {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
