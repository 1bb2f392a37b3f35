import { ActionError, silentLogger } from "botwire";
import {
  type Clock,
  type CozeCaller,
  type CozePlatformOptions,
  createCozePlatform,
  personalToken,
} from "botwire/coze";
import type { FakePlatform } from "./fake-platform.ts";

/** A caller that a door has checked. */
export const alice: CozeCaller = {
  authenticated: true,
  botId: "7391",
  userId: "alice",
  conversationId: "7400",
};

/** The API for a caller, with a token that the platform takes for good. */
export function clientOf(
  platform: FakePlatform,
  options: Partial<CozePlatformOptions> & { caller?: CozeCaller } = {},
) {
  const { caller = alice, log = silentLogger, ...rest } = options;
  const credentials = personalToken("pat_0123456789abcdef");
  return createCozePlatform({ baseUrl: platform.url, credentials, log, ...rest })(caller);
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<ActionError> {
  const reason: unknown = await promise.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
  if (reason instanceof ActionError) {
    return reason;
  }
  throw reason;
}

/** All that an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) {
    list.push(item);
  }
  return list;
}

/** A clock that stands still but when someone sleeps, or `advance` is called. */
export function fakeClock(start = Date.UTC(2026, 10, 22)): Clock & {
  advance(milliseconds: number): void;
  readonly slept: number[];
} {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}
