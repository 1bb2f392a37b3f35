/**
 * botwire/jobs: asynchronous actions, whose results are posted when they are
 * there. Needs Node, for its SQLite.
 */
export type { CallbackTarget, FindTarget } from "./runtime/jobs/callback-target.ts";
export {
  createJobs,
  type DeadLetter,
  type Jobs,
  type JobsOptions,
} from "./runtime/jobs/create-jobs.ts";
export type { Job, JobCaller, JobState } from "./runtime/jobs/job.ts";
export type { JobStore } from "./runtime/jobs/job-store.ts";
export { memoryJobStore } from "./runtime/jobs/memory-job-store.ts";
export { type SqliteJobStoreOptions, sqliteJobStore } from "./runtime/jobs/sqlite-job-store.ts";
