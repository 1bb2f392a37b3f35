import type { ActionResponse } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import type { Completer } from "./completer.ts";
import type { ActionContext } from "./context.ts";
import { closeIterator, HandlerStream, handlerIterator } from "./handler-stream.ts";
import type { ImplementedAction } from "./implement.ts";
import { ObservedStream } from "./observed-stream.ts";
import { type ObservedCall, type ObservedPart, runPart } from "./observer.ts";
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
  /** Of a streaming handler that is watched. */
  #part: ObservedPart | undefined;

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
    const { observed } = this.#record;
    return observed === undefined
      ? this.#handle(request, context)
      : this.#watch(observed, request, context);
  }

  #watch(
    observed: ObservedCall,
    request: unknown,
    context: ActionContext,
  ): ActionResponse | Promise<ActionResponse> {
    const { kind, name } = this.#implemented.action;
    const handle = () => this.#handle(request, context);
    if (kind === "unary") {
      return runPart(observed, "handler", name, handle);
    }
    // It ends with the stream.
    this.#part = observed.part("handler", name);
    try {
      const response = (this.#part ?? observed).run(handle);
      if (isPromiseLike(response)) {
        response.then(undefined, (error: unknown) => this.#part?.end(error));
      }
      return response;
    } catch (error) {
      this.#part?.end(error);
      throw error;
    }
  }

  #handle(request: unknown, context: ActionContext): ActionResponse | Promise<ActionResponse> {
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
      } else {
        this.#record.tellLate(response);
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

  #watched(answer: unknown): AsyncIterator<unknown> {
    const iterator = handlerIterator(this.#implemented.action, answer);
    const scope = this.#part ?? this.#record.observed;
    return scope === undefined ? iterator : new ObservedStream(iterator, scope, this.#part);
  }

  #respond(answer: unknown): ActionResponse {
    const { action } = this.#implemented;
    return action.kind === "unary"
      ? { kind: "unary", message: this.#completer.complete(answer) }
      : {
          kind: "stream",
          messages: new HandlerStream(this.#watched(answer), this.#completer),
        };
  }
}
