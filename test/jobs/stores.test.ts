import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Job, type JobState, memoryJobStore, sqliteJobStore } from "botwire/jobs";
import { describe, expect, it, onTestFinished } from "vitest";

function job(id: string, state: JobState = "running", createdAt = 1): Job {
  return {
    id,
    state,
    action: "slow",
    request: '{"text":"早安 \\u0000 \' \\""}',
    caller: {
      authenticated: true,
      botId: "b",
      userId: "u",
      conversationId: "",
      connectorId: "",
      eventId: "",
      locale: "",
      deviceClass: "",
    },
    traceId: "0".repeat(32),
    traceparent: undefined,
    headers: [],
    createdAt,
    started: true,
    result: undefined,
    attempts: 0,
    lastError: undefined,
  };
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "botwire-jobs-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe.each([
  ["memory", async () => memoryJobStore()],
  ["SQLite", async () => sqliteJobStore({ path: join(await folder(), "jobs.db") })],
])("a store in %s", (_, open) => {
  it("keeps what it was given", async () => {
    const store = await open();
    await store.put(job("a"), "me", 100);
    await store.put({ ...job("a"), state: "delivering", attempts: 2, result: "{}" }, "me", 100);
    expect(await store.get("a")).toEqual(
      JSON.parse(JSON.stringify({ ...job("a"), state: "delivering", attempts: 2, result: "{}" })),
    );
    await store.remove("a");
    expect(await store.get("a")).toBeUndefined();
    await store.close?.();
  });

  it("gives what is due to one owner, the longest due first", async () => {
    const store = await open();
    await store.put(job("later"), "gone", 200);
    await store.put(job("first"), "gone", 50);
    await store.put(job("second", "delivering"), "gone", 60);
    await store.put(job("dead", "dead"), "gone", 0);
    expect((await store.claim("running", "me", 49, 1000, 10)).map(({ id }) => id)).toEqual([]);
    expect((await store.claim("running", "me", 100, 1000, 1)).map(({ id }) => id)).toEqual([
      "first",
    ]);
    const claim = async (now: number) =>
      (await store.claim("delivering", "you", now, 1000, 9)).map(({ id }) => id);
    expect(await claim(100)).toEqual(["second"]);
    expect(await claim(199)).toEqual([]);
    await store.close?.();
  });

  it("puts off what an owner still has and names, and only that", async () => {
    const store = await open();
    await store.put(job("mine"), "me", 100);
    await store.put(job("let go"), "me", 100);
    await store.put(job("yours"), "you", 100);
    await store.renew("me", ["mine", "yours", "unknown"], 500);
    const due = await store.claim("running", "them", 100, 1000, 9);
    expect(due.map(({ id }) => id).sort()).toEqual(["let go", "yours"]);
    await store.close?.();
  });

  it("lets nobody change a job who has lost it", async () => {
    const store = await open();
    await store.put(job("a"), "me", 100);
    expect(await store.update({ ...job("a"), attempts: 1 }, "me", 100)).toBe(true);
    expect(await store.claim("running", "you", 100, 1000, 9)).toHaveLength(1);
    expect(await store.update({ ...job("a"), attempts: 2 }, "me", 100)).toBe(false);
    expect((await store.get("a"))?.attempts).toBe(1);
    await store.remove("a");
    expect(await store.update(job("a"), "you", 100)).toBe(false);
    expect(await store.get("a")).toBeUndefined();
    await store.close?.();
  });

  it("lists dead jobs, the oldest first", async () => {
    const store = await open();
    await store.put(job("new", "dead", 3), "me", 0);
    await store.put(job("old", "dead", 1), "me", 0);
    await store.put(job("alive", "running", 0), "me", 0);
    expect((await store.dead(10)).map(({ id }) => id)).toEqual(["old", "new"]);
    expect((await store.dead(1)).map(({ id }) => id)).toEqual(["old"]);
    await store.close?.();
  });
});

describe("a store in SQLite", () => {
  it("survives a restart, and is nobody else's to read", async () => {
    const path = join(await folder(), "jobs.db");
    const before = sqliteJobStore({ path });
    await before.put(job("a", "dead"), "me", 0);
    await before.close?.();
    const after = sqliteJobStore({ path });
    expect((await after.dead(10)).map(({ id }) => id)).toEqual(["a"]);
    await after.close?.();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("is shared by processes", async () => {
    const path = join(await folder(), "jobs.db");
    const stores = [sqliteJobStore({ path }), sqliteJobStore({ path })];
    for (let i = 0; i < 50; i++) {
      await stores[i % 2]?.put(job(`job-${i}`), "gone", i);
    }
    const claimed: string[] = [];
    for (let i = 0; i < 20; i++) {
      const jobs = (await stores[i % 2]?.claim("running", `owner-${i}`, 100, 1000, 5)) ?? [];
      claimed.push(...jobs.map(({ id }) => id));
    }
    expect(claimed).toHaveLength(50);
    expect(new Set(claimed).size).toBe(50);
    for (const store of stores) {
      await store.close?.();
    }
  });

  it("says which file is none of jobs, and which is of a later release", async () => {
    const path = join(await folder(), "jobs.db");
    await writeFile(path, "no database".repeat(100));
    expect(() => sqliteJobStore({ path })).toThrow(/"\S+jobs.db" cannot be used \(file is not a/);
    const later = join(await folder(), "jobs.db");
    const database = new DatabaseSync(later);
    database.exec("PRAGMA user_version = 7");
    database.close();
    expect(() => sqliteJobStore({ path: later })).toThrow("it is of version 7");
  });

  it("says which file cannot be opened", () => {
    expect(() => sqliteJobStore({ path: "/nowhere/jobs.db" })).toThrow(
      'sqliteJobStore: "/nowhere/jobs.db" cannot be used (unable to open database file)',
    );
  });
});
