import type { CallerSignal } from "../action/call.ts";

/**
 * Whoever waits for an answer. It is a signal by itself, because an `AbortSignal`
 * for every request costs more than all else that a door does, most of it in
 * garbage that outlives minor collections.
 */
export class Caller implements CallerSignal {
  #aborted = false;
  #listeners: (() => void)[] | undefined;

  /** True if the caller went away before it had the whole answer. */
  get aborted(): boolean {
    return this.#aborted;
  }

  /** Tells that the caller went away before it had the whole answer. */
  abort(): void {
    this.#aborted = true;
    for (const listener of [...(this.#listeners ?? [])]) {
      listener();
    }
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners ??= [];
    this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners?.indexOf(listener) ?? -1;
    if (at >= 0) {
      this.#listeners?.splice(at, 1);
    }
  }
}
