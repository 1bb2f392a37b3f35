import { type Code, codes } from "../action/code.ts";
import { ActionError, type FieldViolation } from "../action/error.ts";

/** A failure as the callback door and the envelope write it: `bot.action.v1.ActionFailure`. */
export interface FailureMessage {
  readonly code: string;
  readonly message: string;
  readonly violations: readonly Omit<FieldViolation, "violation">[];
}

/** The error that a failure stands for. A code that is not known is `unknown`. */
export function failureError({ code, message, violations }: FailureMessage): ActionError {
  return new ActionError(isCode(code) ? code : "unknown", message, {
    violations: violations.map(({ field, rule, message: text, forKey }) => ({
      field,
      rule,
      message: text,
      forKey,
    })),
  });
}

/**
 * The code for an HTTP status of an answer that says no more, as Connect has
 * it: https://connectrpc.com/docs/protocol#http-to-error-code.
 */
export function codeOfStatus(status: number): Code {
  switch (status) {
    case 400:
      return "internal";
    case 401:
      return "unauthenticated";
    case 403:
      return "permission_denied";
    case 404:
      return "unimplemented";
    case 429:
    case 502:
    case 503:
    case 504:
      return "unavailable";
    default:
      return "unknown";
  }
}

function isCode(code: string): code is Code {
  return (codes as readonly string[]).includes(code);
}
