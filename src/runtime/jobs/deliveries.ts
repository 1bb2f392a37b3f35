import { beforeAbort } from "../action/before-abort.ts";
import type { Logger } from "../action/logger.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import { type FindTarget, targetSigner } from "./callback-target.ts";
import { type Delivery, deliver } from "./deliver.ts";
import type { HeldJobs } from "./held-jobs.ts";
import type { Job } from "./job.ts";
import type { JobStore } from "./job-store.ts";

/** What deliveries are made of. */
export interface DeliveryOptions {
  readonly store: JobStore;
  readonly target: FindTarget;
  readonly signature: SignatureScheme;
  /** How long after each failed attempt the next one comes; after the last one the job is dead. */
  readonly retryDelaysMs: readonly number[];
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

/** A receiver that asks for more time gets at most a day. */
const longestDelayMs = 86_400_000;

/**
 * Tries to deliver the result of a job, and stores what became of it. What is
 * cut off by the signal counts as no attempt: the job is due at once.
 */
export async function attempt(
  job: Job,
  held: HeldJobs,
  options: DeliveryOptions,
  signal: AbortSignal,
  log: Logger,
): Promise<undefined> {
  const delivery = await tryOnce(job, options, signal);
  if (delivery.kind === "delivered") {
    await options.store.remove(job.id);
    return;
  }
  if (signal.aborted) {
    await held.update(job, 0);
    return;
  }
  const { reason, gone, retryAfterMs = 0 } = delivery;
  const failed = { ...job, attempts: job.attempts + 1, lastError: reason };
  const delayMs = options.retryDelaysMs[job.attempts];
  const fields = { job_id: job.id, action: job.action, attempts: failed.attempts, reason };
  if (gone || delayMs === undefined) {
    await held.update({ ...failed, state: "dead" }, 0);
    log.error("a result could not be delivered and is a dead letter now", fields);
    return;
  }
  const waitMs = Math.round(Math.min(Math.max(jittered(delayMs), retryAfterMs), longestDelayMs));
  await held.update(failed, Date.now() + waitMs);
  log.warn("a result could not be delivered", { ...fields, next_attempt_in_ms: waitMs });
}

async function tryOnce(
  job: Job,
  { target: find, signature, fetch, timeoutMs }: DeliveryOptions,
  stop: AbortSignal,
): Promise<Delivery> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stop]);
  try {
    // What looks the target up may hang as well as the receiver.
    const target = await beforeAbort((async () => find(job))(), signal);
    if (target === undefined) {
      return failed("there is no callback for this job", true);
    }
    const sign = targetSigner(target, signature);
    return await deliver(job, job.result ?? "", target.url, sign, fetch, signal);
  } catch (error) {
    return failed(error instanceof Error ? error.message : "unknown", false);
  }
}

function failed(reason: string, gone: boolean): Delivery {
  return { kind: "failed", reason, retryAfterMs: undefined, gone };
}

/** Up to a tenth later, so that many do not come back at once. */
function jittered(delayMs: number): number {
  return delayMs * (1 + Math.random() / 10);
}
