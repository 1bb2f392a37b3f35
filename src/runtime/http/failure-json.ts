import type { ActionError } from "../action/error.ts";

/** A failure as the platform doors write it: `bot.action.v1.ActionFailure` in JSON. */
export interface FailureJson {
  readonly code: string;
  readonly message: string;
  /** Every problem of the request; empty if the request was not the reason. */
  readonly violations: readonly ViolationJson[];
}

/** One problem of a request: `bot.action.v1.Violation` in JSON. */
export interface ViolationJson {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
  /** Left out unless the problem is a map's key. */
  readonly for_key?: true;
}

/** Writes an error down for a caller. Its cause stays here. */
export function failureJson({ code, message, violations }: ActionError): FailureJson {
  return {
    code,
    message,
    violations: violations.map(({ field, rule, message, forKey }) =>
      forKey ? { field, rule, message, for_key: true } : { field, rule, message },
    ),
  };
}
