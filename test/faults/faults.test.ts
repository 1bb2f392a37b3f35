import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServerProcess, startServer } from "../interop/server-process.ts";
import { describeWith } from "../interop/tools.ts";
import { type RunningRedis, redisServer, startRedis } from "../security/redis-server.ts";
import { call } from "./callback.ts";
import { type Environment, type Fault, type FaultServer, faults } from "./faults.ts";

const all = Object.values(faults).flat();
const inEnvironment = (environment: Environment): readonly Fault[] =>
  all.filter((line) => (line.environment ?? "sound") === environment);

const bot = "test/faults/fault-bot.ts";

function faultServer({ port, stop }: ServerProcess): FaultServer {
  return { port, terminate: () => stop("SIGTERM") };
}

const variables: Partial<Record<Environment, Record<string, string>>> = {
  "scanner down": { SCANNER: "down" },
  "scanner slow": { SCANNER: "slow" },
};

describe.each(["sound", "scanner down", "scanner slow"] as const)("%s", (environment) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer(bot, variables[environment]);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(inEnvironment(environment))("$fault", async ({ play, answer }) => {
    expect(await play(faultServer(server))).toBe(answer);
    // Whatever it was, the server goes on.
    expect(await call(server.port)).toBe('200 {"text":"hello"}');
  });
});

describe("terminated", () => {
  it.each(inEnvironment("terminated"))("$fault", async ({ play, answer }) => {
    await using server = await startServer(bot);
    expect(await play(faultServer(server))).toBe(answer);
  });
});

await describeWith([redisServer], "redis", () => {
  it.each([
    ["redis down", (redis: RunningRedis) => redis.stop()],
    ["redis hangs", async (redis: RunningRedis) => redis.pause()],
  ] as const)("%s", async (environment, breakIt) => {
    const redis = await startRedis();
    try {
      await using server = await startServer(bot, { REDIS_URL: redis.url });
      const known = { envelope: { event_id: "before" } };
      expect(await call(server.port, known)).toBe('200 {"text":"hello"}');
      await breakIt(redis);
      for (const { play, answer } of inEnvironment(environment)) {
        expect(await play(faultServer(server))).toBe(answer);
      }
    } finally {
      await redis.stop();
    }
  });
});

describe("docs/faults.md", () => {
  it("shows every fault with its answer", () => {
    const tables = Object.entries(faults).map(([who, lines]) => {
      const rows = lines.map(({ fault, answer }) => `| ${fault} | \`${answer}\` |`);
      return [`## ${who}`, "", "| fault | answer |", "| --- | --- |", ...rows].join("\n");
    });
    const page = readFileSync("docs/faults.md", "utf8");
    expect(page.slice(page.indexOf("## The caller"))).toBe(`${tables.join("\n\n")}\n`);
  });
});
