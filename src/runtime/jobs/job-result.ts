import type { Outcome } from "../action/call.ts";
import { ActionError } from "../action/error.ts";
import { toJson } from "../codec/to-json.ts";
import { failureJson } from "../http/failure-json.ts";
import type { Job } from "./job.ts";

/** The body of a callback: `bot.action.v1.JobResult` in JSON. */
export function resultBody(job: Job, outcome: Outcome): string {
  return outcome.ok ? successBody(job, outcome) : failureBody(job, outcome.error);
}

/** The body of the callback for a job that failed. */
export function failureBody(job: Job, error: ActionError): string {
  return body(job, { status: "error", error: failureJson(error) });
}

function successBody(job: Job, { action, response }: Outcome & { readonly ok: true }): string {
  if (response.kind !== "unary") {
    throw new TypeError(`${action.name} is asynchronous, but its response is a ${response.kind}`);
  }
  // As on the platform doors: what is left out says nothing to a model.
  const data = toJson(action.output, response.message, {
    naming: "proto",
    alwaysEmitImplicit: true,
  });
  return body(job, { status: "success", data });
}

function body({ id, action, caller, traceId }: Job, outcome: object): string {
  return JSON.stringify({
    job_id: id,
    action,
    ...outcome,
    trace_id: traceId,
    bot_id: caller.botId,
    user_id: caller.userId,
    conversation_id: caller.conversationId,
    connector_id: caller.connectorId,
    event_id: caller.eventId,
  });
}

/** What is said of a job that was cut off, and may not be run again. */
export function interrupted(): ActionError {
  return new ActionError(
    "aborted",
    "the service stopped while the action ran, and nobody knows whether it took effect",
  );
}
