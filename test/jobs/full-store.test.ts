import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createJobs, sqliteJobStore } from "botwire/jobs";
import { expect, it, onTestFinished } from "vitest";
import { keepLog, post, start } from "../server/start.ts";
import { startReceiver } from "./callback-receiver.ts";
import { slowBot } from "./slow-bot.ts";

const secret = `whsec_${btoa("a secret of tests, 32 bytes long")}`;

/** A file of jobs that takes nothing while there is no room. */
async function limitedStore() {
  const folder = await mkdtemp(join(tmpdir(), "botwire-full-"));
  const path = join(folder, "jobs.db");
  const store = sqliteJobStore({ path });
  const disk = new DatabaseSync(path);
  onTestFinished(async () => {
    disk.close();
    await rm(folder, { recursive: true });
  });
  const events = ["INSERT", "UPDATE", "DELETE"];
  return {
    store,
    fill() {
      for (const event of events) {
        disk.exec(
          `CREATE TRIGGER full_${event} BEFORE ${event} ON jobs
           BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
        );
      }
    },
    clear() {
      for (const event of events) {
        disk.exec(`DROP TRIGGER full_${event}`);
      }
    },
    left: () => disk.prepare("SELECT state FROM jobs").all(),
  };
}

async function serve(handler: Parameters<typeof slowBot>[0], waitMs = 30) {
  const disk = await limitedStore();
  const receiver = await startReceiver();
  const { log, lines } = keepLog();
  const jobs = createJobs({
    callback: { url: receiver.url, secret },
    store: disk.store,
    waitMs,
    pollMs: 10,
    concurrency: 1,
    maxQueued: 1,
  });
  const { url } = await start({ bot: slowBot(handler), jobs, log });
  const call = async (text: string) =>
    (await post(`${url}/coze_callback`, { action: "slow", parameters: { text } })).json();
  const failures = () => lines.filter(({ level }) => level === "error");
  return { disk, receiver, call, failures };
}

it("takes no job that it could not keep, and takes jobs again when there is room", async () => {
  const ran: string[] = [];
  const { disk, receiver, call, failures } = await serve(async ({ text }) => {
    ran.push(text);
    await new Promise((resolve) => setTimeout(resolve, 60));
    return { text };
  });
  disk.fill();
  // More than there are slots, which all have to be given back.
  for (const text of ["a", "b", "c", "d"]) {
    expect(await call(text)).toMatchObject({
      status: "error",
      error: {
        code: "unavailable",
        message: "the job cannot be stored now: try again later",
      },
    });
  }
  expect(ran).toEqual([]);
  expect(failures().length).toBeGreaterThanOrEqual(4);
  disk.clear();
  expect(await call("e")).toMatchObject({ status: "accepted" });
  await expect.poll(() => receiver.deliveries.length).toBe(1);
  expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "e" } });
  await expect.poll(disk.left).toEqual([]);
});

it("loses no result that it cannot store when the handler has ended", async () => {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const { disk, receiver, call, failures } = await serve(async ({ text }) => {
    await finished;
    return { text };
  });
  expect(await call("late")).toMatchObject({ status: "accepted" });
  disk.fill();
  finish();
  await expect.poll(failures).not.toEqual([]);
  expect(receiver.deliveries).toEqual([]);
  disk.clear();
  await expect.poll(() => receiver.deliveries.length).toBe(1);
  expect(receiver.deliveries[0]?.json).toMatchObject({ data: { text: "late" } });
  await expect.poll(disk.left).toEqual([]);
});

it("answers a caller who still waits, and forgets the job when there is room", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const { disk, receiver, call } = await serve(async ({ text }) => {
    begin();
    await finished;
    return { text };
  }, 1000);
  const calling = call("quick");
  await begun;
  disk.fill();
  finish();
  expect(await calling).toMatchObject({ status: "success", data: { text: "quick" } });
  expect(disk.left()).toHaveLength(1);
  disk.clear();
  await expect.poll(disk.left).toEqual([]);
  expect(receiver.deliveries).toEqual([]);
});
