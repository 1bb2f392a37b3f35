import { beforeAbort } from "../action/before-abort.ts";
import { closeIterator } from "../action/handler-stream.ts";
import { looked } from "../action/promise.ts";

/** A stream that tells how it goes. */
export interface WatchedStream {
  /** The same messages. */
  readonly messages: AsyncIterable<unknown>;
  /** Resolves with the first message, or with the end of a stream without any. */
  readonly begun: Promise<void>;
  /** Resolves when the stream is over, rejects if it broke off. */
  readonly ended: Promise<void>;
}

/** Watches a stream that somebody else reads. */
export function watchStream(source: AsyncIterable<unknown>, signal: AbortSignal): WatchedStream {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const end = () => {
    begun.resolve();
    ended.resolve();
  };
  const fail = (reason: unknown) => {
    begun.reject(reason);
    ended.reject(reason);
  };
  const messages: AsyncIterable<unknown> = {
    [Symbol.asyncIterator]() {
      const iterator = source[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const result = await iterator.next();
            if (result.done === true) {
              end();
            } else {
              begun.resolve();
            }
            return result;
          } catch (reason) {
            fail(reason);
            throw reason;
          }
        },
        async return() {
          end();
          await closeIterator(iterator);
          return { done: true, value: undefined };
        },
      };
    },
  };
  return {
    messages,
    begun: looked(beforeAbort(begun.promise, signal)),
    ended: looked(beforeAbort(ended.promise, signal)),
  };
}
