import type { HashName } from "../http/crypto.ts";

/**
 * How requests are signed, as data: a door verifies by it and a client signs by
 * it. The bytes of `parts`, joined by the separator, are hashed; the digest is
 * sent in a header, after the prefix.
 */
export interface SignatureScheme {
  /**
   * `hmac` keys the hash with the secret, `hash` is the bare hash, so that the
   * secret has to be one of the parts.
   */
  readonly method: "hmac" | "hash";
  readonly algorithm: HashName;
  /** What is signed, in its order. The body is one of them. */
  readonly parts: readonly SignaturePart[];
  /** What stands between the parts; nothing if left out. */
  readonly separator?: string | undefined;
  readonly headers: SignatureHeaders;
  /** What stands before a signature in its header, for example `v1,`. */
  readonly prefix?: string | undefined;
  readonly encoding: "hex" | "base64";
  /**
   * What separates several signatures in one header, of which any is good.
   * Without it the header holds one.
   */
  readonly listSeparator?: string | undefined;
  /** The unit in which the timestamp counts since 1970. Seconds if left out. */
  readonly timestampUnit?: "seconds" | "milliseconds" | undefined;
  /**
   * How far a timestamp may be off the verifier's clock, in seconds, before and
   * after. Without it timestamps are signed, but may be of any age.
   */
  readonly windowSeconds?: number | undefined;
  /** The form that secrets are handed out in: UTF-8 text unless told otherwise. */
  readonly secretFormat?: SecretFormat | undefined;
}

/** A header that is signed, the secret, the body as it is sent, or some text. */
export type SignaturePart =
  | "timestamp"
  | "nonce"
  | "id"
  | "secret"
  | "body"
  | { readonly text: string };

/** The headers of a signed request, in any case. All that are named have to be there. */
export interface SignatureHeaders {
  readonly signature: string;
  readonly timestamp?: string | undefined;
  /** A random text that no two requests share. */
  readonly nonce?: string | undefined;
  /** The message's id, which a repetition of the request shares. */
  readonly id?: string | undefined;
}

/** A key in base64, after a prefix that may be there. */
export interface SecretFormat {
  readonly encoding: "base64";
  readonly prefix: string;
}

/** What a request says beside its body and signature, by the headers' roles. */
export interface SignedValues {
  readonly timestamp: string;
  readonly nonce: string;
  readonly id: string;
}

/** The parts that come in headers. */
export const signedHeaders = ["timestamp", "nonce", "id"] as const;

/** Throws an error that names the mend if a scheme contradicts itself or protects nothing. */
export function checkScheme(place: string, scheme: SignatureScheme): void {
  const problem = schemeProblem(scheme);
  if (problem !== undefined) {
    throw new Error(`${place}: the signature scheme ${problem}`);
  }
}

function schemeProblem(scheme: SignatureScheme): string | undefined {
  const { method, parts, headers, windowSeconds } = scheme;
  if (parts.filter((part) => part === "body").length !== 1) {
    return 'has to sign the body, once: name "body" in parts';
  }
  if (method === "hash" && !parts.includes("secret")) {
    return 'is a bare hash, which anyone can compute: name "secret" in parts, or use hmac';
  }
  if (method === "hmac" && parts.includes("secret")) {
    return 'has the secret as its key already: remove "secret" from parts';
  }
  for (const role of signedHeaders) {
    if (parts.includes(role) && headers[role] === undefined) {
      return `signs the ${role}, but names no header for it: set headers.${role}`;
    }
    if (!parts.includes(role) && headers[role] !== undefined) {
      return `does not sign the ${role} header, which proves nothing then: add "${role}" to parts, or remove headers.${role}`;
    }
  }
  for (const name of Object.values(headers)) {
    if (name !== undefined && !headerName.test(name)) {
      return `has ${JSON.stringify(name)} as the name of a header, which is none`;
    }
  }
  if (windowSeconds !== undefined && !(windowSeconds > 0)) {
    return `has a window of ${windowSeconds} seconds: it must be more than 0, or left out`;
  }
  return windowSeconds !== undefined && headers.timestamp === undefined
    ? "has a window, but no timestamp"
    : undefined;
}

// https://www.rfc-editor.org/rfc/rfc9110#name-tokens
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
