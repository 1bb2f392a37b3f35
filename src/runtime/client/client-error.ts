import { ActionError } from "../action/error.ts";
import { toActionError } from "../action/to-action-error.ts";
import { traceHeader } from "../http/answers.ts";

/**
 * A failure as a client sees it: the trace id of the call, by which its logs
 * are found, and the headers of the answer are in its metadata.
 */
export function clientError(
  reason: unknown,
  traceId: string | undefined,
  headers: Iterable<readonly [string, string]> = [],
): ActionError {
  const { code, message, violations, details, retryAfterMs, metadata } = toActionError(reason);
  const trace: [string, string][] = traceId === undefined ? [] : [[traceHeader, traceId]];
  return new ActionError(code, message, {
    violations,
    details,
    retryAfterMs,
    metadata: new Map([...metadata, ...headers, ...trace]),
    cause: reason,
  });
}

/** The trace id of a call that failed, if its answer had one. */
export function traceIdOf(error: ActionError): string | undefined {
  return error.metadata.get(traceHeader);
}
