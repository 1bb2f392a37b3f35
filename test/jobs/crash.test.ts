import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sqliteJobStore } from "botwire/jobs";
import { describe, expect, it, onTestFinished } from "vitest";
import { post } from "../server/start.ts";
import { type Receiver, startReceiver } from "./callback-receiver.ts";

/** Starts a server on a file of jobs. */
async function run(path: string, receiver: Receiver, idempotency: string) {
  const file = fileURLToPath(new URL("process-bot.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["-C", "@botwire/source", file, path, receiver.url, idempotency],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  const listening = Promise.withResolvers<string>();
  createInterface(child.stdout).on("line", (text) => {
    const { message, url } = JSON.parse(text);
    if (message === "listening") {
      listening.resolve(url);
    }
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = await listening.promise;
  return {
    /** Asks for a job that takes a while. Resolves to its id. */
    async ask(text: string, takesMs: number): Promise<string> {
      const body = { action: "slow", parameters: { text, note_count: takesMs } };
      const answer = await (await post(`${url}/coze_callback`, body)).json();
      expect(answer).toMatchObject({ status: "accepted" });
      return answer.receipt.job_id;
    },
    /** Ends the process as a crash does. */
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "botwire-crash-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "jobs.db");
}

const patience = { timeout: 10_000 };

describe("a server that is killed", { timeout: 30_000 }, () => {
  it.each([
    ["runs again what may be repeated", "idempotent", { status: "success", data: { text: "a" } }],
    ["says of others that they were cut off", "", { status: "error", error: { code: "aborted" } }],
  ])("in mid-job: the next one %s", async (_, idempotency, result) => {
    const path = await newFile();
    const receiver = await startReceiver();
    const first = await run(path, receiver, idempotency);
    const ids = await Promise.all([first.ask("a", 1500), first.ask("a", 1500)]);
    await first.kill();
    await run(path, receiver, idempotency);
    await expect.poll(() => receiver.deliveries.length, patience).toBe(2);
    expect(receiver.deliveries.map(({ json }) => json["job_id"]).sort()).toEqual(ids.sort());
    for (const { json } of receiver.deliveries) {
      expect(json).toMatchObject(result);
    }
  });

  it("in mid-delivery: the next one delivers, and still lists dead letters", async () => {
    const path = await newFile();
    const receiver = await startReceiver();
    const first = await run(path, receiver, "");
    receiver.answer(410);
    const dead = await first.ask("dead", 50);
    await expect.poll(() => receiver.deliveries.length, patience).toBe(1);
    // Whoever gets it now does not answer.
    receiver.hang();
    const id = await first.ask("late", 50);
    await expect.poll(() => receiver.deliveries.length, patience).toBe(2);
    await first.kill();

    receiver.answer(200);
    await run(path, receiver, "");
    await expect.poll(() => receiver.deliveries.length, patience).toBe(3);
    const [, cut, again] = receiver.deliveries;
    expect(again?.text).toBe(cut?.text);
    expect(again?.headers["webhook-id"]).toBe(id);
    const store = sqliteJobStore({ path });
    onTestFinished(() => store.close?.());
    await expect.poll(() => store.get(id), patience).toBeUndefined();
    expect(await store.dead(10)).toMatchObject([{ id: dead, lastError: "HTTP 410" }]);
  });
});
