import type { ObservedPart, Scope } from "./observer.ts";

/**
 * The messages of a handler that is watched: it works inside of a scope
 * whenever it is asked for the next one, and its part of the call ends with it.
 */
export class ObservedStream implements AsyncIterator<unknown> {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #scope: Scope;
  #part: ObservedPart | undefined;

  constructor(iterator: AsyncIterator<unknown>, scope: Scope, part: ObservedPart | undefined) {
    this.#iterator = iterator;
    this.#scope = scope;
    this.#part = part;
  }

  async next(): Promise<IteratorResult<unknown>> {
    try {
      const step = await this.#scope.run(() => this.#iterator.next());
      if (step.done === true) {
        this.#end();
      }
      return step;
    } catch (error) {
      this.#end(error);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<unknown>> {
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
