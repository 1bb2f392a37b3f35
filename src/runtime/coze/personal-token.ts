import { isToken } from "./redact.ts";
import type { CozeCredentials } from "./token-source.ts";

/**
 * A personal or service access token (`pat_...`, `sat_...`), which does not
 * change until someone changes it. `undefined`, mostly a forgotten environment
 * variable, is an error.
 */
export function personalToken(token: string | undefined): CozeCredentials {
  if (token === undefined || token === "") {
    throw new TypeError("personalToken: the token is not set");
  }
  if (!isToken(token)) {
    // The token itself must not be in a message.
    throw new TypeError("personalToken: the token has white space or other characters in it");
  }
  return () => ({ get: async () => token, reject() {} });
}
