import { setTimeout as sleep } from "node:timers/promises";
import type { ActionResponse, Failure, Outcome } from "../action/call.ts";
import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import type { Pipeline } from "../action/pipeline.ts";
import { toActionError } from "../action/to-action-error.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { attempt, type DeliveryOptions } from "./deliveries.ts";
import { HeldJobs, type HoldOptions } from "./held-jobs.ts";
import type { Job } from "./job.ts";
import { type Entry, jobCall, turnedAway } from "./job-entry.ts";
import { failureBody, interrupted, resultBody } from "./job-result.ts";
import { waiter } from "./waiter.ts";

/** How jobs are run. */
export interface RunnerOptions extends DeliveryOptions, HoldOptions {
  readonly concurrency: number;
  readonly maxQueued: number;
  readonly deadlineMs: number;
  readonly bots: BotTable | undefined;
}

/** How often an action is begun again that was cut off: it may be what ends processes. */
const maxInterruptions = 3;

/** For how long a job that is turned away is put off before it fails, in milliseconds. */
const longestPutOffMs = 86_400_000;

/** How many jobs are claimed at once, and how many results are under way at once. */
const batch = 32;

/** Runs jobs through a pipeline, and sees to it that their results are delivered. */
export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #pipeline: Pipeline;
  readonly #log: Logger;
  readonly #held: HeldJobs;
  readonly #stop = new AbortController();
  readonly #queue: Entry[] = [];
  /** What is under way, until it has settled. */
  readonly #work = new Set<Promise<void>>();
  /** How many slots are taken. */
  #running = 0;
  /** How many jobs are being stored that will wait. */
  #storing = 0;
  #delivering = 0;
  #closing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RunnerOptions, pipeline: Pipeline, log: Logger) {
    this.#options = options;
    this.#pipeline = pipeline;
    this.#log = log;
    this.#held = new HeldJobs(options, this.#stop.signal, log);
    this.#schedule(0);
  }

  /** Takes a job that a caller asks for, and waits a while for its outcome. */
  async submit(
    job: Job,
    message: unknown,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<ActionResponse> {
    const started = this.#running < this.#options.concurrency;
    const full = !started && this.#queue.length + this.#storing >= this.#options.maxQueued;
    if (this.#closing || full) {
      throw unavailable("too many jobs are waiting: try again later");
    }
    // The slot is taken before the store is asked, so that nobody else takes it meanwhile.
    this.#running += started ? 1 : 0;
    this.#storing += started ? 0 : 1;
    const stored = { ...job, started };
    this.#held.take(job.id);
    try {
      await this.#options.store.put(stored, this.#held.owner, this.#held.until);
    } catch (error) {
      this.#log.error("a job could not be stored", { job_id: job.id, error });
      this.#held.drop(job.id);
      if (started) {
        this.#freeSlot();
      }
      throw unavailable("the job cannot be stored now: try again later", error);
    } finally {
      this.#storing -= started ? 0 : 1;
    }
    const caller = waiter(waitMs, signal);
    this.#enqueue({ job: stored, request: { message }, waiter: caller }, started);
    const early = await caller.outcome;
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
    const queued = this.#queue.splice(0);
    for (const entry of queued) {
      entry.waiter?.dismiss();
    }
    await this.#guarded(() => this.#held.giveBack(queued.map(({ job }) => job.id)));
    const patience = new AbortController();
    const { signal } = patience;
    await Promise.race([this.#idle(), sleep(graceMs, undefined, { signal })]);
    patience.abort();
    this.#stop.abort();
    await this.#idle();
    clearTimeout(this.#timer);
  }

  async #idle(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.all(this.#work);
    }
  }

  #schedule(delayMs: number): void {
    if (!this.#stop.signal.aborted) {
      this.#timer = setTimeout(() => this.#track(this.#poll()), delayMs);
      this.#timer.unref();
    }
  }

  /** Takes over what is due: retries, and what a process that is gone has left. */
  async #poll(): Promise<void> {
    await this.#guarded(async () => {
      // Before anything is claimed, so that this process does not claim its own.
      await this.#held.renew();
      for (const job of await this.#claim("delivering", batch - this.#delivering)) {
        this.#track(this.#deliver(job));
      }
      const room = this.#options.maxQueued - this.#queue.length;
      const free = this.#options.concurrency - this.#running;
      for (const job of await this.#claim("running", Math.min(batch, Math.max(room, free)))) {
        this.#resume(job);
      }
    });
    this.#schedule(this.#options.pollMs);
  }

  async #claim(state: "running" | "delivering", limit: number): Promise<Job[]> {
    if (this.#closing || limit <= 0) {
      return [];
    }
    const { owner, until } = this.#held;
    const jobs = await this.#options.store.claim(state, owner, Date.now(), until, limit);
    if (this.#closing) {
      await this.#held.giveBack(jobs.map(({ id }) => id));
      return [];
    }
    return jobs.filter(({ id }) => this.#held.take(id));
  }

  /** A job that another process had, or that was put off: only what may be repeated is run again. */
  #resume(job: Job): void {
    const action = this.#pipeline.actions.find(({ action }) => action.name === job.action)?.action;
    const repeatable =
      action?.idempotency === "idempotent" || action?.idempotency === "no_side_effects";
    const attempts = job.started ? job.attempts + 1 : job.attempts;
    if (job.started && (!repeatable || attempts > maxInterruptions)) {
      this.#track(this.#attend(job, () => this.#finish(job, failureBody(job, interrupted()))));
      return;
    }
    const slot = this.#running < this.#options.concurrency;
    this.#running += slot ? 1 : 0;
    const entry = { job: { ...job, attempts, started: false }, request: undefined };
    this.#enqueue({ ...entry, waiter: undefined }, slot);
  }

  /** @param slot whether the entry has a slot already */
  #enqueue(entry: Entry, slot: boolean): void {
    if (slot) {
      this.#track(this.#run(entry));
    } else if (this.#closing) {
      entry.waiter?.dismiss();
    } else if (this.#running < this.#options.concurrency) {
      this.#running += 1;
      this.#track(this.#run(entry));
    } else {
      this.#queue.push(entry);
    }
  }

  /** The slot of a job goes to the next. */
  #freeSlot(): void {
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#running -= 1;
    } else {
      this.#track(this.#run(next));
    }
  }

  async #run(entry: Entry): Promise<void> {
    await this.#attend(entry.job, async () => {
      if (!entry.job.started) {
        entry.job = { ...entry.job, started: true };
        if (!(await this.#held.update(entry.job))) {
          return undefined;
        }
      }
      const { signal } = this.#stop;
      const { deadlineMs, bots } = this.#options;
      const call = jobCall(entry, deadlineMs, bots, signal);
      const outcome = await this.#pipeline.invoke(call);
      if (!outcome.ok && outcome.error.code === "canceled" && signal.aborted) {
        await this.#held.giveBack([entry.job.id]);
        return undefined;
      }
      return this.#settle(entry, outcome);
    });
    this.#freeSlot();
  }

  /**
   * Works on a job that is held, and delivers the result that the work gives, if
   * it gives one: apart from it, so that actions do not wait for receivers. Work
   * that fails leaves its job in the store, where it becomes due again.
   */
  async #attend(job: Job, work: () => Promise<Job | undefined>): Promise<void> {
    let finished: Job | undefined;
    try {
      finished = await work();
    } catch (error) {
      this.#log.error("a job could not be stored", { job_id: job.id, error });
    }
    this.#held.drop(job.id);
    if (finished !== undefined) {
      this.#held.take(job.id);
      this.#track(this.#deliver(finished));
    }
  }

  async #settle({ job, waiter }: Entry, outcome: Outcome): Promise<Job | undefined> {
    const { store } = this.#options;
    const answer = waiter?.claim();
    if (answer !== undefined) {
      // Removed first: a job whose end the caller knows must not run again.
      const removed = await this.#guarded(() => store.remove(job.id));
      answer(outcome);
      if (!removed) {
        await this.#held.persist(() => store.remove(job.id));
      }
      return undefined;
    }
    return turnedAway(outcome) && Date.now() < job.createdAt + longestPutOffMs
      ? this.#putOff(job, outcome)
      : this.#finish(job, bodyOf(job, outcome));
  }

  /** A receipt is a promise: what nothing was run of yet is tried again later. */
  async #putOff(job: Job, { error }: Failure): Promise<undefined> {
    const delayMs = Math.max(error.retryAfterMs ?? 0, this.#options.pollMs);
    const { code, message: reason } = error;
    this.#log.warn("a job was turned away and is put off", { job_id: job.id, code, reason });
    const waiting = { ...job, started: false };
    await this.#held.persist(() => this.#held.update(waiting, Date.now() + Math.ceil(delayMs)));
    return undefined;
  }

  /** Stores the result of a job, and gives it to be delivered, if there is room for it now. */
  async #finish(job: Job, result: string): Promise<Job | undefined> {
    const finished: Job = { ...job, state: "delivering", result, attempts: 0 };
    const now = this.#delivering < batch;
    const dueAt = now ? this.#held.until : Date.now();
    const kept = await this.#held.persist(() => this.#held.update(finished, dueAt));
    return kept && now ? finished : undefined;
  }

  async #deliver(job: Job): Promise<void> {
    this.#delivering += 1;
    const { signal } = this.#stop;
    await this.#attend(job, () => attempt(job, this.#held, this.#options, signal, this.#log));
    this.#delivering -= 1;
  }

  /** Does without the store for now. Returns false if it failed. */
  async #guarded(ask: () => void | Promise<void>): Promise<boolean> {
    try {
      await ask();
      return true;
    } catch (error) {
      this.#log.error("the store of jobs failed", { error });
      return false;
    }
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

function unavailable(message: string, cause?: unknown): ActionError {
  return new ActionError("unavailable", message, { retryAfterMs: 5000, cause });
}
