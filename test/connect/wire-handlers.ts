import { ActionError, codes, type Handlers, type Hooks, type ServiceContract } from "botwire";
import type { WireService } from "./generated/actions/wire/v1/wire.ts";

/** What the handlers of a bot saw of calls that ended. */
export interface Seen {
  /** How often a handler was told to stop. */
  aborted: number;
  /** How often a stream was closed by its reader. */
  closed: number;
}

type Methods = typeof WireService extends ServiceContract<infer M> ? M : never;

/** Handlers of the test contract. They run on Node and on edge runtimes. */
export function wireHandlers(seen: Seen = { aborted: 0, closed: 0 }): Handlers<Methods> {
  return {
    echo(request, context) {
      const { botId, userId, conversationId, locale, deviceClass } = context;
      return {
        ...(request.everything && { everything: request.everything }),
        headers: Object.fromEntries(
          request.headers.map((name) => [name, context.headers.get(name) ?? "(none)"]),
        ),
        caller: { botId, userId, conversationId, locale, deviceClass },
        budgetMs: context.deadline - Date.now(),
      };
    },

    fail({ code, message, retryAfterMs }) {
      if (code === "throw") {
        throw new TypeError("a secret of the handler");
      }
      throw new ActionError(codes.find((known) => known === code) ?? "unknown", message, {
        ...(retryAfterMs === 0 ? {} : { retryAfterMs }),
      });
    },

    async wait({ waitMs }, { signal }) {
      signal.addEventListener("abort", () => seen.aborted++);
      await sleep(waitMs, signal);
      return { done: true };
    },

    async *count({ to, failAfter, intervalMs }, { signal }) {
      try {
        for (let number = 1; number <= to; number++) {
          if (intervalMs > 0) {
            await sleep(intervalMs, signal);
          }
          yield { number: BigInt(number) };
          if (number === failAfter) {
            throw new ActionError("data_loss", "lost count");
          }
        }
      } finally {
        seen.closed++;
      }
    },
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Sets a header on every answer. */
export const taggingHooks: Hooks = {
  onResponseCommit(_context, outcome) {
    outcome.headers.set("x-tag", outcome.ok ? "good" : "bad");
  },
};
