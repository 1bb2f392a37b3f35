import type { Identity } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import type { HeaderReader } from "../action/headers.ts";
import { Refusal } from "./refusal.ts";

/**
 * Finds out whose an access token is. Returns what the token proves of the
 * caller, which may be nothing more than that it is good (`{}`), or undefined
 * if the token is not.
 *
 * An error that it throws fails the call: an `ActionError` as it says,
 * everything else as `unavailable`, for then nobody knows.
 */
export type TokenVerifier = (
  token: string,
  request: { readonly headers: HeaderReader },
) => ProvenIdentity | undefined | Promise<ProvenIdentity | undefined>;

/** What a token can prove. */
export type ProvenIdentity = Partial<Omit<Identity, "authenticated" | "traceId">>;

/** Longer ones are nobody's. */
const maxTokenLength = 8192;

/** Checks the token of a call. See https://www.rfc-editor.org/rfc/rfc6750. */
export async function verifyBearer(
  headers: HeaderReader,
  verify: TokenVerifier,
): Promise<ProvenIdentity> {
  const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined) {
    throw new Refusal(
      401,
      "the access token is missing: send it in the authorization header, after Bearer",
      { "www-authenticate": "Bearer" },
    );
  }
  const identity = token.length > maxTokenLength ? undefined : await ask(verify, token, headers);
  if (identity === undefined) {
    throw new Refusal(401, "the access token is not valid", {
      "www-authenticate": 'Bearer error="invalid_token"',
    });
  }
  return identity;
}

async function ask(
  verify: TokenVerifier,
  token: string,
  headers: HeaderReader,
): Promise<ProvenIdentity | undefined> {
  try {
    return await verify(token, { headers });
  } catch (cause) {
    throw cause instanceof ActionError
      ? cause
      : new ActionError("unavailable", "the access token cannot be checked now", { cause });
  }
}
