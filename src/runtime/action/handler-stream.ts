import type { Completer } from "./completer.ts";
import type { AnyAction } from "./contract.ts";
import { isPromiseLike, looked } from "./promise.ts";
import { toHandlerError } from "./to-action-error.ts";

/** The iterator of whatever a streaming handler returned. */
export function handlerIterator(action: AnyAction, result: unknown): AsyncIterator<unknown> {
  if (typeof result === "object" && result !== null) {
    if (Symbol.asyncIterator in result && typeof result[Symbol.asyncIterator] === "function") {
      return (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    }
    if (Symbol.iterator in result && typeof result[Symbol.iterator] === "function") {
      return iterateSync(result as Iterable<unknown>);
    }
  }
  throw new TypeError(
    `the handler of ${action.name} returned nothing to iterate; it has to be an async generator function, or return an iterable of messages`,
  );
}

async function* iterateSync(messages: Iterable<unknown>): AsyncGenerator<unknown> {
  yield* messages;
}

/**
 * The messages of a handler, completed. An object of its own rather than an
 * async generator, whose `return()` would wait for a handler that is stuck.
 */
export class HandlerStream implements AsyncIterableIterator<unknown> {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #completer: Completer;

  constructor(iterator: AsyncIterator<unknown>, completer: Completer) {
    this.#iterator = iterator;
    this.#completer = completer;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown>> {
    try {
      const step = await this.#iterator.next();
      return step.done === true
        ? { done: true, value: undefined }
        : { done: false, value: this.#complete(step.value) };
    } catch (reason) {
      throw toHandlerError(reason);
    }
  }

  async return(): Promise<IteratorResult<unknown>> {
    await this.#iterator.return?.();
    return { done: true, value: undefined };
  }

  #complete(message: unknown): unknown {
    try {
      return this.#completer.complete(message);
    } catch (reason) {
      // The handler does not know that it failed, so it has to be told.
      closeIterator(this.#iterator);
      throw reason;
    }
  }
}

/**
 * Ends an iterator without waiting for more than it takes to ask. The promise,
 * which never rejects, tells when it has ended.
 */
export function closeIterator(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    const closing = iterator.return?.();
    return isPromiseLike(closing)
      ? looked(
          Promise.resolve(closing).then(
            () => {},
            () => {},
          ),
        )
      : Promise.resolve();
  } catch {
    return Promise.resolve();
  }
}
