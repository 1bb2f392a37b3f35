import type { ActionResponse, Outcome } from "../action/call.ts";
import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import type { Pipeline } from "../action/pipeline.ts";
import { toActionError } from "../action/to-action-error.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { fromJsonString } from "../codec/from-json.ts";
import { attempt, type DeliveryOptions } from "./deliveries.ts";
import type { Job } from "./job.ts";
import { failureBody, interrupted, resultBody } from "./job-result.ts";

/** How jobs are run. */
export interface RunnerOptions extends DeliveryOptions {
  readonly concurrency: number;
  readonly maxQueued: number;
  readonly deadlineMs: number;
  readonly pollMs: number;
  readonly bots: BotTable | undefined;
}

/** A job that this process has taken, until its action has ended. */
interface Entry {
  job: Job;
  /** The request as it was decoded; undefined for a job from the store. */
  readonly request: { readonly message: unknown } | undefined;
  /** Takes the outcome, while a caller still waits for it. */
  waiter: ((outcome: Outcome) => void) | undefined;
}

/** For how long an owner that says nothing keeps its jobs, in milliseconds. */
const leaseMs = 30_000;

/** How often an action is begun again that was cut off: it may be what ends processes. */
const maxInterruptions = 3;

/** How many jobs are claimed at once. */
const batch = 32;

/** Runs jobs through a pipeline, and sees to it that their results are delivered. */
export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #pipeline: Pipeline;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #queue: Entry[] = [];
  /** What is under way, until it has settled. */
  readonly #work = new Set<Promise<void>>();
  #running = 0;
  #closing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewAt = 0;

  constructor(options: RunnerOptions, pipeline: Pipeline, log: Logger) {
    this.#options = options;
    this.#pipeline = pipeline;
    this.#log = log;
    this.#schedule(0);
  }

  /** Takes a job that a caller asks for, and waits a while for its outcome. */
  async submit(job: Job, message: unknown, waitMs: number): Promise<ActionResponse> {
    if (this.#closing || this.#queue.length >= this.#options.maxQueued) {
      throw new ActionError("unavailable", "too many jobs are waiting: try again later", {
        retryAfterMs: 5000,
      });
    }
    const started = this.#running < this.#options.concurrency;
    const entry: Entry = { job: { ...job, started }, request: { message }, waiter: undefined };
    await this.#put(entry.job);
    const outcome = new Promise<Outcome | undefined>((resolve) => {
      const timer = setTimeout(() => {
        entry.waiter = undefined;
        resolve(undefined);
      }, waitMs);
      entry.waiter = (value) => {
        clearTimeout(timer);
        resolve(value);
      };
    });
    this.#take(entry);
    const early = await outcome;
    if (early === undefined) {
      return { kind: "receipt", receipt: { jobId: job.id } };
    }
    if (!early.ok) {
      throw early.error;
    }
    return early.response;
  }

  /** Lets what runs finish for a while; what is left is for the next start. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all(this.#work), patience]);
    clearTimeout(timer);
    this.#stop.abort();
    await Promise.all(this.#work);
    await this.#options.store.renew(this.#options.owner, 0);
  }

  #schedule(delayMs: number): void {
    if (!this.#closing) {
      this.#timer = setTimeout(() => this.#track(this.#poll()), delayMs);
      this.#timer.unref();
    }
  }

  /** Takes over what is due: retries, and what a process that is gone has left. */
  async #poll(): Promise<void> {
    const { store, owner, pollMs } = this.#options;
    try {
      const now = Date.now();
      if (now >= this.#renewAt) {
        this.#renewAt = now + leaseMs / 3;
        await store.renew(owner, now + leaseMs);
      }
      const free = Math.min(batch, this.#options.maxQueued - this.#queue.length);
      const jobs = free > 0 ? await store.claim(owner, now, now + leaseMs, free) : [];
      for (const job of jobs) {
        if (job.state === "delivering") {
          this.#track(this.#deliver(job));
        } else {
          this.#resume(job);
        }
      }
    } catch (error) {
      this.#log.error("the store of jobs failed", { error });
    }
    this.#schedule(pollMs);
  }

  /** A job that another process had: only what may be repeated is run again. */
  #resume(job: Job): void {
    const action = this.#pipeline.actions.find(({ action }) => action.name === job.action)?.action;
    const repeatable =
      action?.idempotency === "idempotent" || action?.idempotency === "no_side_effects";
    const attempts = job.started ? job.attempts + 1 : job.attempts;
    if (job.started && (!repeatable || attempts > maxInterruptions)) {
      this.#track(this.#finish(job, failureBody(job, interrupted())));
    } else {
      this.#take({ job: { ...job, attempts }, request: undefined, waiter: undefined });
    }
  }

  #take(entry: Entry): void {
    if (this.#running < this.#options.concurrency) {
      this.#track(this.#run(entry));
    } else {
      this.#queue.push(entry);
    }
  }

  async #run(entry: Entry): Promise<void> {
    this.#running += 1;
    try {
      if (entry.request === undefined || !entry.job.started) {
        entry.job = { ...entry.job, started: true };
        await this.#put(entry.job);
      }
      const outcome = await this.#pipeline.invoke(this.#callOf(entry));
      await this.#settle(entry, outcome);
    } catch (error) {
      // It stays where it is, and becomes due when the lease has run out.
      this.#log.error("a job could not be stored", { job_id: entry.job.id, error });
    } finally {
      this.#running -= 1;
      const next = this.#queue.shift();
      if (next !== undefined) {
        this.#take(next);
      }
    }
  }

  #callOf({ job, request }: Entry) {
    const { action, caller, traceId, traceparent } = job;
    return {
      door: "jobs",
      headers: { get: (name: string) => (name === "traceparent" ? traceparent : undefined) },
      budgetMs: this.#options.deadlineMs,
      signal: this.#stop.signal,
      streaming: false,
      admitted: true,
      route: () => ({
        action,
        identity: { ...caller, traceId },
        attributes: this.#options.bots?.find(caller.botId, caller.connectorId)?.attributes,
        decode: ({ input }: { input: Parameters<typeof fromJsonString>[0] }) =>
          request === undefined
            ? fromJsonString(input, job.request, { unknownFields: "ignore" })
            : request.message,
      }),
    };
  }

  async #settle({ job, waiter }: Entry, outcome: Outcome): Promise<void> {
    if (!outcome.ok && outcome.error.code === "canceled" && this.#stop.signal.aborted) {
      return;
    }
    if (waiter !== undefined) {
      waiter(outcome);
      await this.#options.store.remove(job.id);
      return;
    }
    await this.#finish(job, bodyOf(job, outcome));
  }

  async #finish(job: Job, result: string): Promise<void> {
    const finished: Job = { ...job, state: "delivering", result, attempts: 0 };
    await this.#put(finished);
    await this.#deliver(finished);
  }

  async #deliver(job: Job): Promise<void> {
    try {
      await attempt(job, this.#options, this.#log);
    } catch (error) {
      this.#log.error("a job could not be stored", { job_id: job.id, error });
    }
  }

  #put(job: Job): void | Promise<void> {
    return this.#options.store.put(job, this.#options.owner, Date.now() + leaseMs);
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }
}

/** A response that cannot be written is a failure like any other. */
function bodyOf(job: Job, outcome: Outcome): string {
  try {
    return resultBody(job, outcome);
  } catch (error) {
    return failureBody(job, toActionError(new Error("unwritable", { cause: error })));
  }
}
