import { chmodSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { Job } from "./job.ts";
import type { JobStore } from "./job-store.ts";

/** Where jobs are kept. */
export interface SqliteJobStoreOptions {
  /** The file, which is made if it is not there; only its owner may read it. */
  readonly path: string;
}

/**
 * Keeps jobs in a file, by the SQLite that is part of Node. Several processes
 * of one machine may share it. Throws if the file cannot be opened.
 */
export function sqliteJobStore({ path }: SqliteJobStoreOptions): JobStore {
  const database = openDatabase(path);
  const put = database.prepare(
    `INSERT INTO jobs (id, state, owner, due_at, created_at, data) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       state = excluded.state, owner = excluded.owner, due_at = excluded.due_at, data = excluded.data`,
  );
  const remove = database.prepare("DELETE FROM jobs WHERE id = ?");
  const claim = database.prepare(
    `UPDATE jobs SET owner = ?, due_at = ? WHERE id IN (
       SELECT id FROM jobs WHERE state <> 'dead' AND due_at <= ? ORDER BY due_at LIMIT ?
     ) RETURNING data`,
  );
  const renew = database.prepare(
    "UPDATE jobs SET due_at = ? WHERE owner = ? AND state = 'running'",
  );
  const dead = database.prepare(
    "SELECT data FROM jobs WHERE state = 'dead' ORDER BY created_at LIMIT ?",
  );
  const get = database.prepare("SELECT data FROM jobs WHERE id = ?");
  return {
    put(job, owner, dueAt) {
      put.run(job.id, job.state, owner, dueAt, job.createdAt, JSON.stringify(job));
    },
    remove(id) {
      remove.run(id);
    },
    claim: (owner, now, dueAt, limit) => claim.all(owner, dueAt, now, limit).map(jobOf),
    renew(owner, dueAt) {
      renew.run(dueAt, owner);
    },
    dead: (limit) => dead.all(limit).map(jobOf),
    get(id) {
      const row = get.get(id);
      return row && jobOf(row);
    },
    close() {
      database.close();
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: busyMs });
  } catch (cause) {
    throw new Error(
      `sqliteJobStore: ${JSON.stringify(path)} cannot be opened: its folder has to exist and be writable`,
      { cause },
    );
  }
  if (path !== ":memory:") {
    chmodSync(path, 0o600);
  }
  database.exec("PRAGMA journal_mode = WAL");
  // The log is synced before a transaction counts, so that receipts survive a power cut.
  database.exec("PRAGMA synchronous = FULL");
  database.exec(
    `CREATE TABLE IF NOT EXISTS jobs (
       id TEXT PRIMARY KEY,
       state TEXT NOT NULL,
       owner TEXT NOT NULL,
       due_at INTEGER NOT NULL,
       created_at INTEGER NOT NULL,
       data TEXT NOT NULL
     ) STRICT, WITHOUT ROWID`,
  );
  database.exec("CREATE INDEX IF NOT EXISTS jobs_due ON jobs (state, due_at)");
  return database;
}

/** How long another process may hold the file, in milliseconds. */
const busyMs = 5000;

/** Only `put` writes rows, and it takes jobs. */
function jobOf({ data }: Record<string, SQLOutputValue>): Job {
  return JSON.parse(String(data)) as Job;
}
