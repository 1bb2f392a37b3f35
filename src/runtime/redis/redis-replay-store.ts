import type { ReplayStore } from "../security/replay-store.ts";

/**
 * What is asked of a client of Redis: what the package `redis` has, of any
 * topology. It has to be connected, and stays its owner's to close.
 */
export interface RedisClient {
  set(
    key: string,
    value: string,
    options: {
      condition: "NX";
      expiration: { type: "PX"; value: number };
    },
  ): Promise<unknown>;
  get(key: string): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What a store in Redis can be told. */
export interface RedisReplayStoreOptions {
  readonly client: RedisClient;
  /** What the names of keys begin with; `botwire:seen:` by default. */
  readonly prefix?: string | undefined;
}

/**
 * Remembers keys in Redis, for all machines of a service. Each is one string,
 * which Redis forgets by itself.
 *
 * A value begins with a random text that says whose claim it is, so that a
 * claim which has run out cannot end that of another.
 */
export function redisReplayStore({
  client,
  prefix = "botwire:seen:",
}: RedisReplayStoreOptions): ReplayStore {
  return {
    async claim(key, ttlMs) {
      const name = prefix + key;
      const owner = crypto.randomUUID();
      const claimed = await client.set(name, owner, {
        condition: "NX",
        expiration: { type: "PX", value: wholeMs(ttlMs) },
      });
      if (claimed === null) {
        const found = await client.get(name);
        // If it ran out just now, it still was there when it was asked for.
        return { fresh: false, value: settledValue(found) };
      }
      return {
        fresh: true,
        async settle(value, settledTtlMs) {
          await client.eval(settleScript, {
            keys: [name],
            arguments: [owner, `${owner}:${value}`, String(wholeMs(settledTtlMs))],
          });
        },
        async release() {
          await client.eval(releaseScript, { keys: [name], arguments: [owner] });
        },
      };
    },
  };
}

/** The length of a UUID. */
const ownerLength = 36;

function settledValue(found: unknown): string | undefined {
  return typeof found === "string" && found.length > ownerLength
    ? found.slice(ownerLength + 1)
    : undefined;
}

function wholeMs(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds));
}

const settleScript = `
if redis.call("GET", KEYS[1]) == ARGV[1] then
  redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3])
end`;

const releaseScript = `
if redis.call("GET", KEYS[1]) == ARGV[1] then
  redis.call("DEL", KEYS[1])
end`;
