import { joinAttributes } from "./attributes.ts";
import type { ActionResponse, Call, Route } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import { Completer } from "./completer.ts";
import type { MiddlewareContext } from "./context.ts";
import type { Engine } from "./engine.ts";
import { ActionError } from "./error.ts";
import type { CallGrant } from "./grant.ts";
import { HandlerCall, type Latecomers } from "./handler-call.ts";
import { closeIterator } from "./handler-stream.ts";
import { JobCall } from "./job-call.ts";
import { isPromiseLike } from "./promise.ts";
import { RequestSource } from "./request-source.ts";
import { ResponseStream, type StreamOwner } from "./response-stream.ts";
import { snapshotAction } from "./snapshot.ts";
import { openContext } from "./start-context.ts";

/** What the way in asks of the call that goes it. */
export interface Traveller extends Latecomers, StreamOwner {
  /** The call has to wait for something: clock and caller have to be watched. */
  wait(): void;
  /** The call's deadline has moved nearer. */
  deadlineMoved(): void;
  /** Fails the call, and throws, if it was over before it began. */
  assertWanted(): void;
}

/** What is known of a call once it is routed. */
interface Routed {
  readonly context: MiddlewareContext;
  readonly source: RequestSource;
  readonly completer: Completer;
  readonly handler: HandlerCall | JobCall;
}

/** The way of one call from its door to its response. */
export class WayIn {
  readonly #engine: Engine;
  readonly #call: Call;
  readonly #record: CallRecord;
  readonly #traveller: Traveller;
  #routed: Routed | undefined;
  #iterator: AsyncIterator<unknown> | undefined;
  #stream: ResponseStream | undefined;

  constructor(engine: Engine, call: Call, record: CallRecord, traveller: Traveller) {
    this.#engine = engine;
    this.#call = call;
    this.#record = record;
    this.#traveller = traveller;
  }

  /** The context; undefined until the call is routed. */
  get context(): MiddlewareContext | undefined {
    return this.#routed?.context;
  }

  /** Whether anything of the request was read. */
  get requestTouched(): boolean {
    return this.#routed?.source.touched ?? false;
  }

  /** The stream, once its first message is there. */
  get stream(): ResponseStream | undefined {
    return this.#stream;
  }

  /** Ends a stream that was opened, if the call fails before the stream is handed out. */
  closeStream(): void {
    if (this.#iterator !== undefined) {
      this.#record.abortion.abort("canceled");
      void closeIterator(this.#iterator);
    }
  }

  /** Goes all the way. Where nothing has to be waited for, it doesn't wait. */
  go(): ActionResponse | PromiseLike<ActionResponse> {
    const { requestStart } = this.#engine.hooks;
    const record = this.#record;
    return requestStart === undefined
      ? this.#findRoute()
      : this.#after(requestStart(openContext(record), undefined, record), () => this.#findRoute());
  }

  #findRoute(): ActionResponse | PromiseLike<ActionResponse> {
    const record = this.#record;
    const awaited = record.traceIsOpen;
    record.seal();
    if (awaited && !record.traceIsOpen) {
      record.observed?.settled();
    }
    this.#traveller.assertWanted();
    return this.#after(this.#call.route(), (route) => this.#follow(route));
  }

  #follow(route: Route): ActionResponse | PromiseLike<ActionResponse> {
    const { routeMatch } = this.#engine.hooks;
    const record = this.#record;
    this.#accept(route.grant);
    record.assertAlive();
    const routed = this.#match(route);
    return routeMatch === undefined
      ? this.#run(routed)
      : this.#after(routeMatch(routed.context, undefined, record), () => {
          record.assertAlive();
          return this.#run(routed);
        });
  }

  #run(routed: Routed): ActionResponse | PromiseLike<ActionResponse> {
    const { chain } = this.#engine;
    const { context, handler } = routed;
    return this.#after(
      chain === undefined ? handler.run(context) : chain(context, (inner) => handler.run(inner)),
      (response) => this.#receive(response, routed),
    );
  }

  #receive(response: ActionResponse, routed: Routed): ActionResponse | PromiseLike<ActionResponse> {
    switch (response.kind) {
      case "stream":
        return this.#open(response.messages, routed);
      case "unary":
        return complete(response, response.message, routed);
      case "receipt":
        return assertReceipts(response, this.#call, routed);
    }
  }

  /** Goes on with something, for which clock and caller are watched if it is not there yet. */
  #after<T, U>(
    value: T | PromiseLike<T>,
    next: (value: T) => U | PromiseLike<U>,
  ): U | PromiseLike<U> {
    if (isPromiseLike(value)) {
      this.#traveller.wait();
      return Promise.resolve(value).then(next);
    }
    return next(value);
  }

  /** Takes what the call may use, unless it is over: then it is given back at once. */
  #accept(grant: CallGrant | undefined): void {
    if (grant !== undefined) {
      if (this.#record.phase === "ended") {
        grant.ended();
      } else {
        this.#record.grant = grant;
      }
    }
  }

  /** Finds the action, and freezes what is known of the call. */
  #match(route: Route): Routed {
    const engine = this.#engine;
    const record = this.#record;
    if (route.identity !== undefined) {
      record.identify(route.identity);
    }
    if (route.attributes !== undefined) {
      record.attributes = joinAttributes(record.attributes, route.attributes);
    }
    const { grant } = route;
    const implemented = route.own ?? (grant ?? engine.registry).find(route.action);
    const { action } = implemented;
    const awaited = record.traceIsOpen;
    record.action = action;
    if (awaited) {
      record.observed?.settled();
    }
    const shortened = grant !== undefined && record.limit(grant.deadlineMs);
    const ownMs = action.deadlineMs ?? (action.asynchronous ? undefined : engine.deadlineMs);
    if (record.limit(ownMs) || shortened) {
      this.#traveller.deadlineMoved();
    }
    const source = new RequestSource(route, action, record.observed);
    const completer = new Completer(action, engine.validateResponses);
    const { jobs } = engine;
    const deferred = jobs !== undefined && action.asynchronous === true && this.#call.receipts;
    if (deferred) {
      record.stage = "submission";
    }
    const routed = {
      context: snapshotAction(record, action, source),
      source,
      completer,
      handler: deferred
        ? new JobCall(action, source, jobs)
        : new HandlerCall(implemented, source, completer, record, this.#traveller),
    };
    this.#routed = routed;
    record.observed?.routed(routed.context, implemented.contract.typeName);
    record.assertAlive();
    if (action.kind === "server_streaming" && !this.#call.streaming) {
      throw new ActionError(
        "unimplemented",
        `${action.name} answers with a stream, which this call cannot take`,
      );
    }
    return routed;
  }

  /** Waits for the first message, so that a failure before it is one like any other. */
  async #open(messages: AsyncIterable<unknown>, routed: Routed): Promise<ActionResponse> {
    const record = this.#record;
    const iterator = messages[Symbol.asyncIterator]();
    this.#iterator = iterator;
    if (record.error !== undefined) {
      this.closeStream();
    }
    record.assertAlive();
    assertKind("server_streaming", routed);
    this.#traveller.wait();
    const first = await iterator.next();
    const { graceMs } = this.#engine;
    this.#stream = new ResponseStream(iterator, first, routed.completer, this.#traveller, graceMs);
    return { kind: "stream", messages: this.#stream };
  }
}

/** A middleware may have put a message of its own in the place of the handler's. */
function complete(response: ActionResponse, message: unknown, routed: Routed): ActionResponse {
  assertKind("unary", routed);
  const completed = routed.completer.complete(message);
  return completed === message ? response : { kind: "unary", message: completed };
}

function assertReceipts(response: ActionResponse, call: Call, routed: Routed): ActionResponse {
  assertKind("unary", routed);
  if (call.receipts !== true) {
    const { name } = routed.context.action;
    throw new TypeError(`${name} was answered with a receipt, which this call cannot take`);
  }
  return response;
}

function assertKind(kind: "unary" | "server_streaming", { context: { action } }: Routed): void {
  if (action.kind !== kind) {
    throw new TypeError(
      `a middleware answered ${action.name} with a ${kind} response, but the action is ${action.kind}`,
    );
  }
}
