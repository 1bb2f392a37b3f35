import type { JobQueue } from "../action/job-queue.ts";
import { readTraceParent } from "../action/trace-id.ts";
import type { BotTable } from "../bots/bot-table.ts";
import { toJsonString } from "../codec/to-json.ts";
import { standardWebhooksSignature } from "../security/signature-profiles.ts";
import { checkScheme, type SignatureScheme } from "../security/signature-scheme.ts";
import { type CallbackTarget, type FindTarget, targetSigner } from "./callback-target.ts";
import type { Job } from "./job.ts";
import { JobRunner } from "./job-runner.ts";
import type { JobStore } from "./job-store.ts";
import { sqliteJobStore } from "./sqlite-job-store.ts";

/** How asynchronous actions are run, and where their results go. */
export interface JobsOptions {
  /**
   * Where results are posted: to one place, or by job, where undefined makes the
   * result a dead letter. Never take the URL from a request: whoever calls could
   * have the server post anywhere.
   */
  readonly callback: CallbackTarget | FindTarget;
  /** How results are signed; `standardWebhooksSignature` if left out. */
  readonly signature?: SignatureScheme | undefined;
  /** Whose credentials the handlers see, where the server has a table of bots. */
  readonly bots?: BotTable | undefined;
  /** Where jobs are kept; `sqliteJobStore({ path: "botwire-jobs.db" })` if left out. */
  readonly store?: JobStore | undefined;
  /** How long a caller waits for the result before it gets a receipt, in milliseconds; 1000 by default. */
  readonly waitMs?: number | undefined;
  /** The longest that an action may run whose contract sets no deadline, in milliseconds; ten minutes by default. */
  readonly deadlineMs?: number | undefined;
  /** How many actions run at once; 16 by default. */
  readonly concurrency?: number | undefined;
  /** How many more may wait; 1000 by default. Beyond it calls are `unavailable`. */
  readonly maxQueued?: number | undefined;
  /**
   * How long after each failed delivery the next one comes, in milliseconds;
   * nine times within two days by default.
   */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** How long a receiver may take, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number | undefined;
  /**
   * Headers of calls that middleware and handlers need when the job runs, by name.
   * They are stored with it, so name none that carries a secret. None by default.
   */
  readonly headers?: readonly string[] | undefined;
  /**
   * For how long a process that says nothing keeps its jobs, because it may be
   * alive and just busy, in milliseconds; 30,000 by default. It says something
   * every third of it, unless a handler blocks it.
   */
  readonly leaseMs?: number | undefined;
  /** How often the store is asked for what is due, in milliseconds; 1000 by default. */
  readonly pollMs?: number | undefined;
  /** How long actions may go on when the server closes, in milliseconds; 5000 by default. */
  readonly closeMs?: number | undefined;
  /** What sends results; the platform's own `fetch` if left out. */
  readonly fetch?: typeof fetch | undefined;
}

/** Runs asynchronous actions; give it to a server as `jobs`. */
export interface Jobs extends JobQueue {
  /** Results that could not be delivered, the oldest first; 100 unless told otherwise. */
  deadLetters(limit?: number): Promise<DeadLetter[]>;
  /** Tries to deliver a dead letter again. Resolves to false if there is none of this id. */
  redeliver(jobId: string): Promise<boolean>;
  /** Forgets a dead letter. Resolves to false if there is none of this id. */
  discard(jobId: string): Promise<boolean>;
}

/** A result that could not be delivered. */
export interface DeadLetter {
  readonly jobId: string;
  readonly action: string;
  readonly botId: string;
  readonly userId: string;
  readonly traceId: string;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly lastError: string;
  /** The body that would have been posted. */
  readonly result: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const defaultDelaysMs = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  2 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];

/**
 * Makes what runs asynchronous actions: calls get the response if it comes soon,
 * else a receipt; the result is posted later, signed, again and again until it
 * was taken, and is a dead letter if it never was. Jobs outlive the process.
 *
 * After a crash, actions that had begun run again only if their contract says
 * that they may be repeated; the others fail with `aborted`.
 *
 * Throws an error that names the mend if an option cannot work.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { callback, signature = standardWebhooksSignature } = options;
  checkScheme("createJobs", signature);
  for (const name of ["waitMs", "maxQueued", "closeMs"] as const) {
    checkNumber(name, options[name], 0);
  }
  for (const name of ["deadlineMs", "concurrency", "timeoutMs", "pollMs", "leaseMs"] as const) {
    checkNumber(name, options[name], 1);
  }
  for (const delay of options.retryDelaysMs ?? []) {
    checkNumber("each of retryDelaysMs", delay, 0);
  }
  const { pollMs = 1000, leaseMs = 30_000 } = options;
  if (pollMs > leaseMs / 3) {
    throw new Error(
      `createJobs: pollMs must be a third of leaseMs (${leaseMs}) or less, not ${pollMs}`,
    );
  }
  if (typeof callback !== "function") {
    targetSigner(callback, signature);
  }
  const keptHeaders = (options.headers ?? []).map((name) => name.toLowerCase());
  const store = options.store ?? sqliteJobStore({ path: "botwire-jobs.db" });
  const { waitMs = 1000, closeMs = 5000 } = options;
  const settings = {
    store,
    signature,
    target: typeof callback === "function" ? callback : () => callback,
    deadlineMs: options.deadlineMs ?? 10 * minute,
    concurrency: options.concurrency ?? 16,
    maxQueued: options.maxQueued ?? 1000,
    retryDelaysMs: options.retryDelaysMs ?? defaultDelaysMs,
    timeoutMs: options.timeoutMs ?? 10_000,
    pollMs,
    leaseMs,
    bots: options.bots,
    // Called as a function, because fetch of a browser refuses another `this`.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  };
  let runner: JobRunner | undefined;

  const findDead = async (id: string): Promise<Job | undefined> => {
    const job = await store.get(id);
    return job?.state === "dead" ? job : undefined;
  };

  return {
    closeMs,

    open(pipeline, log) {
      if (runner !== undefined) {
        throw new Error("createJobs: give each server jobs of its own");
      }
      runner = new JobRunner(settings, pipeline, log);
    },

    async submit(action, request, context) {
      if (runner === undefined) {
        throw new Error("createJobs: the jobs belong to no server yet");
      }
      const { authenticated, botId, userId, conversationId, connectorId, eventId } = context;
      const { locale, deviceClass, traceId, headers, deadline } = context;
      const who = { authenticated, botId, userId, conversationId, connectorId, eventId };
      const job: Job = {
        id: crypto.randomUUID(),
        state: "running",
        action: action.name,
        request: toJsonString(action.input, request),
        caller: { ...who, locale, deviceClass },
        traceId,
        traceparent: validTraceParent(headers.get("traceparent")),
        headers: keptHeaders.flatMap((name): [string, string][] => {
          const value = headers.get(name);
          return value === undefined ? [] : [[name, value]];
        }),
        createdAt: Date.now(),
        started: false,
        result: undefined,
        attempts: 0,
        lastError: undefined,
      };
      // The receipt must still leave within the budget of the call.
      const patience = Math.min(waitMs, Math.max(0, (deadline - Date.now()) / 2));
      return runner.submit(job, request, patience, context.signal);
    },

    async close() {
      await runner?.close(closeMs);
      await store.close?.();
    },

    deadLetters: async (limit = 100) => (await store.dead(limit)).map(deadLetter),

    async redeliver(jobId) {
      const job = await findDead(jobId);
      if (job !== undefined) {
        await store.put({ ...job, state: "delivering", attempts: 0 }, "", Date.now());
      }
      return job !== undefined;
    },

    async discard(jobId) {
      const job = await findDead(jobId);
      if (job !== undefined) {
        await store.remove(jobId);
      }
      return job !== undefined;
    },
  };
}

function deadLetter(job: Job): DeadLetter {
  const { id, action, caller, traceId, createdAt, attempts, lastError = "", result = "" } = job;
  const { botId, userId } = caller;
  return { jobId: id, action, botId, userId, traceId, createdAt, attempts, lastError, result };
}

/** What is no trace is not passed on. */
function validTraceParent(header: string | undefined): string | undefined {
  return readTraceParent(header) === undefined ? undefined : header;
}

function checkNumber(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= least)) {
    throw new Error(`createJobs: ${name} must be an integer of ${least} or more, not ${value}`);
  }
}
