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
 * of one machine may share it. Throws an error that names the file if it cannot
 * be used.
 */
export function sqliteJobStore({ path }: SqliteJobStoreOptions): JobStore {
  const database = openDatabase(path);
  const put = database.prepare(
    `INSERT INTO jobs (id, state, owner, due_at, created_at, data) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       state = excluded.state, owner = excluded.owner, due_at = excluded.due_at, data = excluded.data`,
  );
  const update = database.prepare(
    "UPDATE jobs SET state = ?, due_at = ?, data = ? WHERE id = ? AND owner = ?",
  );
  const remove = database.prepare("DELETE FROM jobs WHERE id = ?");
  const claim = database.prepare(
    `UPDATE jobs SET owner = ?, due_at = ? WHERE id IN (
       SELECT id FROM jobs WHERE state = ? AND due_at <= ? ORDER BY due_at LIMIT ?
     ) RETURNING data`,
  );
  const renew = database.prepare(
    "UPDATE jobs SET due_at = ? WHERE owner = ? AND id IN (SELECT value FROM json_each(?))",
  );
  const dead = database.prepare(
    "SELECT data FROM jobs WHERE state = 'dead' ORDER BY created_at LIMIT ?",
  );
  const get = database.prepare("SELECT data FROM jobs WHERE id = ?");
  return {
    put(job, owner, dueAt) {
      put.run(job.id, job.state, owner, dueAt, job.createdAt, JSON.stringify(job));
    },
    update(job, owner, dueAt) {
      const { changes } = update.run(job.state, dueAt, JSON.stringify(job), job.id, owner);
      return Number(changes) > 0;
    },
    remove(id) {
      remove.run(id);
    },
    claim: (state, owner, now, dueAt, limit) =>
      claim.all(owner, dueAt, state, now, limit).map(jobOf),
    renew(owner, ids, dueAt) {
      renew.run(dueAt, owner, JSON.stringify(ids));
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
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyMs });
    prepareDatabase(database);
    if (path !== ":memory:") {
      chmodSync(path, 0o600);
    }
    return database;
  } catch (cause) {
    database?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `sqliteJobStore: ${JSON.stringify(path)} cannot be used (${reason}): it has to be a file of jobs, or a new one in a folder that exists and is writable`,
      { cause },
    );
  }
}

function prepareDatabase(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL");
  // The log is synced before a transaction counts, so that receipts survive a power cut.
  database.exec("PRAGMA synchronous = FULL");
  const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
  if (version !== 0 && version !== formatVersion) {
    throw new Error(`it is of version ${version}, this release knows version ${formatVersion}`);
  }
  database.exec(
    `CREATE TABLE IF NOT EXISTS jobs (
       id TEXT PRIMARY KEY,
       state TEXT NOT NULL,
       owner TEXT NOT NULL,
       due_at INTEGER NOT NULL,
       created_at INTEGER NOT NULL,
       data TEXT NOT NULL CHECK (json_valid(data))
     ) STRICT, WITHOUT ROWID`,
  );
  database.exec("CREATE INDEX IF NOT EXISTS jobs_due ON jobs (state, due_at)");
  database.exec(`PRAGMA user_version = ${formatVersion}`);
}

/** That of the table and of what is in `data`. */
const formatVersion = 1;

/**
 * How long another process may hold the file, in milliseconds. Nothing else
 * happens in this process meanwhile; what fails then is tried again.
 */
const busyMs = 500;

/** Only `put` and `update` write rows, and they take jobs. */
function jobOf({ data }: Record<string, SQLOutputValue>): Job {
  return JSON.parse(String(data)) as Job;
}
