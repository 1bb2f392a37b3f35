import { type Attributes, addAttribute, readAttribute } from "./attributes.ts";
import type { CallRecord } from "./call-record.ts";
import type {
  ActionContext,
  CallContext,
  CallerIdentity,
  CallStage,
  Identity,
  LateListener,
  MiddlewareContext,
} from "./context.ts";
import type { ContextKey } from "./context-key.ts";
import type { AnyAction } from "./contract.ts";
import type { HeaderReader, HeaderWriter } from "./headers.ts";
import type { Logger } from "./logger.ts";
import type { ObservedCall } from "./observer.ts";
import type { RequestSource } from "./request-source.ts";

/** A frozen copy of what a record says. Signal and logger are made when they are asked for. */
class Snapshot<A extends AnyAction | undefined> {
  readonly door: string;
  readonly stage: CallStage;
  readonly action: A;
  readonly authenticated: boolean;
  readonly botId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly connectorId: string;
  readonly eventId: string;
  readonly traceId: string;
  readonly deadline: number;
  readonly headers: HeaderReader;
  readonly #record: CallRecord;
  readonly #identity: Identity;
  readonly #source: RequestSource | undefined;
  readonly #attributes: Attributes | undefined;

  constructor(
    record: CallRecord,
    action: A,
    source: RequestSource | undefined,
    attributes: Attributes | undefined,
    identity: Identity = record,
    extension?: object,
  ) {
    this.door = record.door;
    this.stage = record.stage;
    this.action = action;
    this.authenticated = identity.authenticated;
    this.botId = identity.botId;
    this.userId = identity.userId;
    this.conversationId = identity.conversationId;
    this.connectorId = identity.connectorId;
    this.eventId = identity.eventId;
    this.traceId = identity.traceId;
    this.deadline = record.deadline;
    this.headers = record.headers;
    this.#record = record;
    this.#identity = identity;
    this.#source = source;
    this.#attributes = attributes;
    if (extension !== undefined) {
      Object.defineProperties(this, Object.getOwnPropertyDescriptors(extension));
    }
    Object.freeze(this);
  }

  // Both may have to be found out from headers, which most calls never need.
  get locale(): string {
    return this.#identity.locale;
  }

  get deviceClass(): string {
    return this.#identity.deviceClass;
  }

  get signal(): AbortSignal {
    return this.#record.abortion.signal;
  }

  get log(): Logger {
    return this.#record.log;
  }

  get responseHeaders(): HeaderWriter {
    return this.#record.responseHeaders;
  }

  get<T>(key: ContextKey<T>): T {
    return readAttribute(this.#attributes, key);
  }

  with<T>(key: ContextKey<T>, value: T): Snapshot<A> {
    const attributes = addAttribute(this.#attributes, key, value);
    return new Snapshot(this.#record, this.action, this.#source, attributes, this.#identity);
  }

  withIdentity(identity: CallerIdentity): Snapshot<A> {
    const { authenticated, botId, userId, conversationId, connectorId, eventId } = this;
    const { traceId, locale, deviceClass } = this;
    const own = { authenticated, botId, userId, conversationId, connectorId, eventId };
    return new Snapshot(this.#record, this.action, this.#source, this.#attributes, {
      ...own,
      locale,
      deviceClass,
      ...identity,
      traceId,
    });
  }

  onLateResponse(listener: LateListener): void {
    this.#record.onLateResponse(listener);
  }

  request(): Promise<unknown> {
    return this.#source === undefined
      ? Promise.reject(new Error("the call has no request yet"))
      : this.#source.request();
  }

  /** The same context with the properties of an object, getters as they are. */
  static extend<C extends object, E extends object>(context: C, extension: E): C & E {
    if (!(#record in context)) {
      throw new TypeError("only a context of the pipeline can be extended");
    }
    const { action } = context;
    // What is made is what was given, and what the extension says.
    return new Snapshot(
      context.#record,
      action,
      context.#source,
      context.#attributes,
      context.#identity,
      extension,
    ) as Snapshot<AnyAction | undefined> & C & E;
  }

  static assertAlive(context: object): void {
    if (#record in context) {
      context.#record.assertAlive();
    }
  }

  static observed(context: object): ObservedCall | undefined {
    return #record in context ? context.#record.observed : undefined;
  }

  /** Whether both contexts belong to one call. */
  static sameCall(one: object, other: object): boolean {
    return #record in one && #record in other && one.#record === other.#record;
  }
}

/** The context of a call that may not be routed yet. */
export function snapshotCall(record: CallRecord): CallContext {
  return new Snapshot(record, record.action, undefined, record.attributes);
}

/** The context of a routed call. */
export function snapshotAction(
  record: CallRecord,
  action: AnyAction,
  source: RequestSource,
): MiddlewareContext {
  return new Snapshot(record, action, source, record.attributes);
}

/** Whether a context is one of the pipeline's, and both belong to one call. */
export function sameCall(one: object, other: object): boolean {
  return Snapshot.sameCall(one, other);
}

/** Who watches the call of a context from within. */
export function observedCall(context: MiddlewareContext): ObservedCall | undefined {
  return Snapshot.observed(context);
}

/** Throws the error that the call of a context has failed with, if it has. */
export function assertAlive(context: MiddlewareContext): void {
  Snapshot.assertAlive(context);
}

/** The same context with the properties of an object, which must have other names. */
export function extendContext<E extends object>(
  context: ActionContext,
  extension: E,
): ActionContext & E {
  return Snapshot.extend(context, extension);
}
