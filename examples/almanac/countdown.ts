import { setTimeout as sleep } from "node:timers/promises";
import type { Init } from "botwire";
import type {
  CountdownRequest,
  CountdownResponse,
} from "../../generated/types/almanac/v1/almanac.ts";
import { millisecondsOf } from "./timestamp.ts";

/**
 * Counts down to zero. The first message comes at once, each other one
 * interval after the one before. Rejects as soon as the signal is aborted.
 */
export async function* countdown(
  request: CountdownRequest,
  context: { readonly signal: AbortSignal },
): AsyncGenerator<Init<CountdownResponse>> {
  const interval = request.interval === undefined ? 1000 : millisecondsOf(request.interval);
  for (let remaining = request.from; remaining > 0; remaining--) {
    yield { remaining };
    await sleep(interval, undefined, { signal: context.signal });
  }
  yield { remaining: 0 };
}
