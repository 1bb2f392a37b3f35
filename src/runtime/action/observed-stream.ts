import type { ObservedPart, Scope } from "./observer.ts";

/**
 * The messages of a stream that is watched: whoever makes them works inside of
 * a scope when it is asked for the next one, and its part ends with the stream.
 */
export class ObservedStream<T> implements AsyncIterableIterator<T, undefined, undefined> {
  readonly #iterator: AsyncIterator<T>;
  readonly #scope: Scope;
  #part: ObservedPart | undefined;

  constructor(iterator: AsyncIterator<T>, scope: Scope, part: ObservedPart | undefined) {
    this.#iterator = iterator;
    this.#scope = scope;
    this.#part = part;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      const step = await this.#scope.run(() => this.#iterator.next());
      if (step.done === true) {
        this.#end();
        return { done: true, value: undefined };
      }
      return step;
    } catch (error) {
      this.#end(error);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    try {
      await this.#scope.run(() => this.#iterator.return?.());
    } finally {
      this.#end();
    }
    return { done: true, value: undefined };
  }

  #end(error?: unknown): void {
    this.#part?.end(error);
    this.#part = undefined;
  }
}
