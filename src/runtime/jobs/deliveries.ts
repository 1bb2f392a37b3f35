import type { Logger } from "../action/logger.ts";
import { webCrypto } from "../http/web-crypto.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import { createSigner } from "../security/signer.ts";
import { type CallbackTarget, type Delivery, deliver } from "./deliver.ts";
import type { Job } from "./job.ts";
import type { JobStore } from "./job-store.ts";

/** Finds out where the result of a job goes; undefined if nobody wants it. */
export type FindTarget = (
  job: Job,
) => CallbackTarget | undefined | Promise<CallbackTarget | undefined>;

/** What deliveries are made of. */
export interface DeliveryOptions {
  readonly store: JobStore;
  readonly owner: string;
  readonly target: FindTarget;
  readonly signature: SignatureScheme;
  /** How long after each failed attempt the next one comes; after the last one the job is dead. */
  readonly retryDelaysMs: readonly number[];
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

/** A receiver that asks for more time gets at most a day. */
const longestDelayMs = 86_400_000;

/** Tries to deliver the result of a job, and stores what became of it. */
export async function attempt(job: Job, options: DeliveryOptions, log: Logger): Promise<void> {
  const { store, owner } = options;
  const delivery = await tryOnce(job, options);
  if (delivery.kind === "delivered") {
    await store.remove(job.id);
    return;
  }
  const { reason, gone, retryAfterMs = 0 } = delivery;
  const failed = { ...job, attempts: job.attempts + 1, lastError: reason };
  const delayMs = options.retryDelaysMs[job.attempts];
  const fields = { job_id: job.id, action: job.action, attempts: failed.attempts, reason };
  if (gone || delayMs === undefined) {
    await store.put({ ...failed, state: "dead" }, owner, 0);
    log.error("a result could not be delivered and is a dead letter now", fields);
    return;
  }
  const waitMs = Math.min(Math.max(jittered(delayMs), retryAfterMs), longestDelayMs);
  await store.put(failed, owner, Date.now() + Math.round(waitMs));
  log.warn("a result could not be delivered", { ...fields, next_attempt_in_ms: waitMs });
}

async function tryOnce(job: Job, options: DeliveryOptions): Promise<Delivery> {
  try {
    const target = await options.target(job);
    if (target === undefined) {
      return failed("there is no callback for this job", true);
    }
    const { signature, fetch, timeoutMs } = options;
    const sign = createSigner("createJobs", signature, target.secret, webCrypto);
    return await deliver(job, job.result ?? "", target.url, sign, fetch, timeoutMs);
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
