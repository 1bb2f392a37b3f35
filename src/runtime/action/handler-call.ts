import type { ActionResponse } from "./call.ts";
import type { Completer } from "./completer.ts";
import type { ActionContext } from "./context.ts";
import { closeIterator, HandlerStream, handlerIterator } from "./handler-stream.ts";
import type { ImplementedAction } from "./implement.ts";
import { isPromiseLike } from "./promise.ts";
import type { RequestSource } from "./request-source.ts";
import { toHandlerError } from "./to-action-error.ts";

/** What a handler's call asks of the call that it is part of. */
export interface Lifeline {
  /** Throws the error that the call has failed with, if it has. */
  assertAlive(): void;
  /** Takes notice of what comes too late for the caller. */
  late(reason?: unknown): void;
  readonly alive: boolean;
}

/** The core of the onion: decoding, validation, and the handler. */
export class HandlerCall {
  readonly #implemented: ImplementedAction;
  readonly #source: RequestSource;
  readonly #completer: Completer;
  readonly #lifeline: Lifeline;

  constructor(
    implemented: ImplementedAction,
    source: RequestSource,
    completer: Completer,
    lifeline: Lifeline,
  ) {
    this.#implemented = implemented;
    this.#source = source;
    this.#completer = completer;
    this.#lifeline = lifeline;
  }

  /** Answers at once if nothing has to be waited for. Fails only with `ActionError`s. */
  run(context: ActionContext): ActionResponse | Promise<ActionResponse> {
    this.#lifeline.assertAlive();
    const request = this.#source.load();
    return isPromiseLike(request)
      ? Promise.resolve(request).then((message) => this.#call(message, context))
      : this.#call(request, context);
  }

  #call(request: unknown, context: ActionContext): ActionResponse | Promise<ActionResponse> {
    this.#lifeline.assertAlive();
    try {
      const answer = this.#implemented.handler(request, context);
      return isPromiseLike(answer)
        ? Promise.resolve(answer).then(
            (value) => this.#answered(value),
            (reason) => this.#failed(reason),
          )
        : this.#respond(answer);
    } catch (reason) {
      throw toHandlerError(reason);
    }
  }

  #answered(answer: unknown): ActionResponse {
    try {
      const response = this.#respond(answer);
      if (!this.#lifeline.alive) {
        this.#lifeline.late();
        if (response.kind === "stream") {
          void closeIterator(response.messages[Symbol.asyncIterator]());
        }
      }
      return response;
    } catch (reason) {
      return this.#failed(reason);
    }
  }

  #failed(reason: unknown): never {
    if (!this.#lifeline.alive) {
      this.#lifeline.late(reason);
      this.#lifeline.assertAlive();
    }
    throw toHandlerError(reason);
  }

  #respond(answer: unknown): ActionResponse {
    const { action } = this.#implemented;
    return action.kind === "unary"
      ? { kind: "unary", message: this.#completer.complete(answer) }
      : {
          kind: "stream",
          messages: new HandlerStream(handlerIterator(action, answer), this.#completer),
        };
  }
}
