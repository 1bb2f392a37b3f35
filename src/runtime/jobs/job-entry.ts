import type { Call, Outcome } from "../action/call.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { fromJsonString } from "../codec/from-json.ts";
import type { Job } from "./job.ts";
import type { Waiter } from "./waiter.ts";

/** A job that this process has taken, until its action has ended. */
export interface Entry {
  job: Job;
  /** The request as it was decoded; undefined for a job from the store. */
  readonly request: { readonly message: unknown } | undefined;
  readonly waiter: Waiter | undefined;
}

/** The run of a job as the pipeline takes it. */
export function jobCall(
  { job, request }: Entry,
  budgetMs: number,
  bots: BotTable | undefined,
  signal: AbortSignal,
): Call {
  const { action, caller, traceId, traceparent } = job;
  const headers = new Map(job.headers);
  if (traceparent !== undefined) {
    headers.set("traceparent", traceparent);
  }
  return {
    door: "jobs",
    job: true,
    headers,
    budgetMs,
    signal,
    streaming: false,
    traceFromRoute: true,
    route: () => ({
      action,
      identity: { ...caller, traceId },
      attributes: bots?.find(caller.botId, caller.connectorId)?.attributes,
      decode: ({ input }) =>
        request === undefined
          ? fromJsonString(input, job.request, { unknownFields: "ignore" })
          : request.message,
    }),
  };
}

/** Whether a call was refused, for now, before anything of it was run. */
export function turnedAway(outcome: Outcome): outcome is Outcome & { readonly ok: false } {
  return (
    !outcome.ok &&
    !outcome.ran &&
    (outcome.error.code === "unavailable" || outcome.error.code === "resource_exhausted")
  );
}
