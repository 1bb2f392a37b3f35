import type { Completer } from "./completer.ts";
import { ActionError } from "./error.ts";
import { closeIterator } from "./handler-stream.ts";
import { toActionError } from "./to-action-error.ts";

/** What a stream tells the call that it belongs to. */
export interface StreamOwner {
  /** A message is asked for. */
  waiting(): void;
  /** It came. */
  received(): void;
  /** The stream has to stop before its end: the call's signal aborts. */
  stopping(cause: "deadline" | "canceled"): void;
  /** The stream is over, after so many messages. */
  streamEnded(error: ActionError | undefined, messages: number): void;
}

/**
 * The messages of a streaming action as its door sees them: pulled one by one,
 * so that a slow caller slows down the handler. It fails only with
 * `ActionError`s, and `stop()` and `return()` end it whatever the handler does.
 */
export class ResponseStream implements AsyncIterableIterator<unknown> {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #completer: Completer;
  readonly #owner: StreamOwner;
  readonly #graceMs: number;
  #first: IteratorResult<unknown> | undefined;
  #pull: PromiseWithResolvers<IteratorResult<unknown>> | undefined;
  #ended = false;
  /** Why the stream broke off, until someone was told. */
  #untold: ActionError | undefined;
  #messages = 0;

  constructor(
    iterator: AsyncIterator<unknown>,
    first: IteratorResult<unknown>,
    completer: Completer,
    owner: StreamOwner,
    graceMs: number,
  ) {
    this.#iterator = iterator;
    this.#first = first;
    this.#completer = completer;
    this.#owner = owner;
    this.#graceMs = graceMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** How many messages were handed out. */
  get messages(): number {
    return this.#messages;
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#ended) {
      const error = this.#untold;
      this.#untold = undefined;
      return error === undefined ? Promise.resolve(finished()) : Promise.reject(error);
    }
    if (this.#pull !== undefined) {
      return Promise.reject(new Error("the message before was not awaited"));
    }
    const pull = Promise.withResolvers<IteratorResult<unknown>>();
    this.#pull = pull;
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      this.#receive(first);
    } else {
      this.#owner.waiting();
      this.#ask();
    }
    return pull.promise;
  }

  /** The caller wants no more. */
  async return(): Promise<IteratorResult<unknown>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#owner.stopping("canceled");
      await this.#close();
      this.#pull?.resolve(finished());
      this.#owner.streamEnded(canceled(), this.#messages);
    }
    return finished();
  }

  /** Time is up, or the caller is gone. */
  stop(cause: "deadline" | "canceled"): void {
    if (!this.#ended) {
      this.#owner.stopping(cause);
      this.#fail(cause === "canceled" ? canceled() : idle());
      void this.#close();
    }
  }

  /** Ends the handler's iterator; one that is stuck is left to itself. */
  async #close(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#graceMs);
    });
    await Promise.race([closeIterator(this.#iterator), grace]);
    clearTimeout(timer);
  }

  #ask(): void {
    const receive = (step: IteratorResult<unknown>) => this.#receive(step);
    const fail = (reason: unknown) => this.#fail(toActionError(reason));
    try {
      Promise.resolve(this.#iterator.next()).then(receive, fail);
    } catch (reason) {
      fail(reason);
    }
  }

  #receive(step: IteratorResult<unknown>): void {
    if (this.#ended) {
      return;
    }
    this.#owner.received();
    if (step.done === true) {
      this.#ended = true;
      this.#pull?.resolve(finished());
      this.#owner.streamEnded(undefined, this.#messages);
      return;
    }
    try {
      const value = this.#completer.complete(step.value);
      const pull = this.#pull;
      this.#pull = undefined;
      this.#messages += 1;
      pull?.resolve({ done: false, value });
    } catch (reason) {
      this.#owner.stopping("canceled");
      this.#fail(toActionError(reason));
      void this.#close();
    }
  }

  #fail(error: ActionError): void {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    if (this.#pull === undefined) {
      this.#untold = error;
    } else {
      this.#pull.reject(error);
    }
    this.#owner.streamEnded(error, this.#messages);
  }
}

function finished(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined };
}

function canceled(): ActionError {
  return new ActionError("canceled", "the call was canceled");
}

function idle(): ActionError {
  return new ActionError("deadline_exceeded", "the next message took too long");
}
