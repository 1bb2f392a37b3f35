import type { ActionResponse } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import type { Completer } from "./completer.ts";
import type { ActionContext } from "./context.ts";
import { closeIterator, HandlerStream, handlerIterator } from "./handler-stream.ts";
import type { ImplementedAction } from "./implement.ts";
import { isPromiseLike } from "./promise.ts";
import type { RequestSource } from "./request-source.ts";
import { toHandlerError } from "./to-action-error.ts";

/** Who is told of what comes after the call has failed. */
export interface Latecomers {
  /** Takes notice of what comes too late for the caller. */
  late(reason?: unknown): void;
}

/** The core of the onion: decoding, validation, and the handler. */
export class HandlerCall {
  readonly #implemented: ImplementedAction;
  readonly #source: RequestSource;
  readonly #completer: Completer;
  readonly #record: CallRecord;
  readonly #latecomers: Latecomers;

  constructor(
    implemented: ImplementedAction,
    source: RequestSource,
    completer: Completer,
    record: CallRecord,
    latecomers: Latecomers,
  ) {
    this.#implemented = implemented;
    this.#source = source;
    this.#completer = completer;
    this.#record = record;
    this.#latecomers = latecomers;
  }

  /** Answers at once if nothing has to be waited for. Fails only with `ActionError`s. */
  run(context: ActionContext): ActionResponse | Promise<ActionResponse> {
    const request = this.#source.load();
    return isPromiseLike(request)
      ? Promise.resolve(request).then((message) => this.#call(message, context))
      : this.#call(request, context);
  }

  #call(request: unknown, context: ActionContext): ActionResponse | Promise<ActionResponse> {
    this.#record.assertAlive();
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
    const response = this.#accept(answer);
    const { error } = this.#record;
    if (error !== undefined) {
      this.#latecomers.late();
      if (response.kind === "stream") {
        void closeIterator(response.messages[Symbol.asyncIterator]());
      }
      throw error;
    }
    return response;
  }

  #accept(answer: unknown): ActionResponse {
    try {
      return this.#respond(answer);
    } catch (reason) {
      return this.#failed(reason);
    }
  }

  #failed(reason: unknown): never {
    const { error } = this.#record;
    if (error !== undefined) {
      this.#latecomers.late(reason);
    }
    throw error ?? toHandlerError(reason);
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
