import type { Job } from "./job.ts";

/**
 * Keeps jobs until their results are delivered, across restarts: for one
 * process, or for several that share the work.
 *
 * A job that is not dead is due at a time: then whoever claims it takes care of
 * it. An owner that is alive keeps its jobs from becoming due with `renew`. One
 * that was out of touch for too long has lost them, and `update` tells it so.
 *
 * What a store cannot do now it throws, or rejects with; it is asked again.
 */
export interface JobStore {
  /** Adds a job, or takes the one of its id over and replaces it. Dead ones are never due. */
  put(job: Job, owner: string, dueAt: number): void | Promise<void>;

  /** Replaces a job that still is its owner's. False if it is not: then nothing is changed. */
  update(job: Job, owner: string, dueAt: number): boolean | Promise<boolean>;

  /** Forgets a job. */
  remove(id: string): void | Promise<void>;

  /**
   * Makes an owner the owner of jobs of a state that are due, the longest due
   * first, and puts the time at which they are due off. Each job goes to one
   * owner only.
   *
   * @param now the time, in milliseconds since 1970
   */
  claim(
    state: "running" | "delivering",
    owner: string,
    now: number,
    dueAt: number,
    limit: number,
  ): Job[] | Promise<Job[]>;

  /** Says anew when jobs are due, of these those that still are the owner's. */
  renew(owner: string, ids: readonly string[], dueAt: number): void | Promise<void>;

  /** Dead jobs, the oldest first. */
  dead(limit: number): Job[] | Promise<Job[]>;

  /** A job by its id. */
  get(id: string): Job | undefined | Promise<Job | undefined>;

  /** Called once, when no job is touched any more. */
  close?(): void | Promise<void>;
}
