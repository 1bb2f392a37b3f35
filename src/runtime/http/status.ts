import type { Failure } from "../action/call.ts";
import type { Code } from "../action/code.ts";
import { Refusal } from "./refusal.ts";

/**
 * The HTTP status of a failed call on the platform doors. Platforms take every
 * status but 200 for a broken server and show nothing of the answer, so that
 * outcomes of an action, good or bad, are 200; other statuses are left for
 * calls that were refused before anything ran.
 */
export function statusOf(failure: Failure): number {
  const { error } = failure;
  if (error instanceof Refusal) {
    return error.status;
  }
  return hasRun(failure) ? 200 : statusByCode[error.code];
}

/** Whether a failure is an outcome of an action, and not a call that was refused. */
export function hasRun({ error, ran }: Failure): boolean {
  // Of a body that is read late it turns out late that it is no JSON.
  return ran && !(error instanceof Refusal);
}

/**
 * As Connect has it, https://connectrpc.com/docs/protocol#error-codes, except
 * that `unimplemented` is an answer: the action is there, but cannot be called
 * in this way.
 */
const statusByCode: Readonly<Record<Code, number>> = {
  canceled: 499,
  unknown: 500,
  invalid_argument: 400,
  deadline_exceeded: 504,
  not_found: 404,
  already_exists: 409,
  permission_denied: 403,
  resource_exhausted: 429,
  failed_precondition: 400,
  aborted: 409,
  out_of_range: 400,
  unimplemented: 200,
  internal: 500,
  unavailable: 503,
  data_loss: 500,
  unauthenticated: 401,
};
