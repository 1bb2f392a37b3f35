import type { Job } from "./job.ts";
import type { JobStore } from "./job-store.ts";

interface Entry {
  readonly job: Job;
  readonly owner: string;
  readonly dueAt: number;
}

/**
 * Keeps jobs in this process only: a restart forgets them, receipts or not. For
 * tests, and for results that are worth nothing later.
 */
export function memoryJobStore(): JobStore {
  const entries = new Map<string, Entry>();
  return {
    put(job, owner, dueAt) {
      entries.set(job.id, { job, owner, dueAt });
    },
    update(job, owner, dueAt) {
      const owned = entries.get(job.id)?.owner === owner;
      if (owned) {
        entries.set(job.id, { job, owner, dueAt });
      }
      return owned;
    },
    remove(id) {
      entries.delete(id);
    },
    claim(state, owner, now, dueAt, limit) {
      const due = [...entries.values()]
        .filter((entry) => entry.job.state === state && entry.dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit);
      for (const { job } of due) {
        entries.set(job.id, { job, owner, dueAt });
      }
      return due.map(({ job }) => job);
    },
    renew(owner, ids, dueAt) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (entry?.owner === owner) {
          entries.set(id, { ...entry, dueAt });
        }
      }
    },
    dead(limit) {
      return [...entries.values()]
        .map(({ job }) => job)
        .filter(({ state }) => state === "dead")
        .sort((a, b) => a.createdAt - b.createdAt)
        .slice(0, limit);
    },
    get: (id) => entries.get(id)?.job,
  };
}
