import type { Job } from "./job.ts";

/**
 * Keeps jobs until their results are delivered, across restarts: for one
 * process, or for several that share the work.
 *
 * A job that is not dead is due at a time: then whoever claims it takes care of
 * it. An owner that is alive keeps its jobs from becoming due with `renew`.
 */
export interface JobStore {
  /** Adds a job, or replaces the one of its id. Dead ones are never due. */
  put(job: Job, owner: string, dueAt: number): void | Promise<void>;

  /** Forgets a job. */
  remove(id: string): void | Promise<void>;

  /**
   * Makes an owner the owner of jobs that are due, the longest due first, and
   * puts the time at which they are due off. Each job goes to one owner only.
   *
   * @param now the time, in milliseconds since 1970
   */
  claim(owner: string, now: number, dueAt: number, limit: number): Job[] | Promise<Job[]>;

  /** Puts off when the jobs of an owner are due whose action it runs. */
  renew(owner: string, dueAt: number): void | Promise<void>;

  /** Dead jobs, the oldest first. */
  dead(limit: number): Job[] | Promise<Job[]>;

  /** A job by its id. */
  get(id: string): Job | undefined | Promise<Job | undefined>;

  /** Called once, when no job is touched any more. */
  close?(): void | Promise<void>;
}
