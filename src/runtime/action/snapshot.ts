import { type Attributes, addAttribute, readAttribute } from "./attributes.ts";
import type { CallRecord } from "./call-record.ts";
import type { CallContext, MiddlewareContext } from "./context.ts";
import type { ContextKey } from "./context-key.ts";
import type { AnyAction } from "./contract.ts";
import type { HeaderReader } from "./headers.ts";
import type { Logger } from "./logger.ts";
import type { RequestSource } from "./request-source.ts";

/** A frozen copy of what a record says. Signal and logger are made when they are asked for. */
class Snapshot<A extends AnyAction | undefined> {
  readonly door: string;
  readonly action: A;
  readonly authenticated: boolean;
  readonly botId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly connectorId: string;
  readonly eventId: string;
  readonly traceId: string;
  readonly locale: string;
  readonly deviceClass: string;
  readonly deadline: number;
  readonly headers: HeaderReader;
  readonly #record: CallRecord;
  readonly #source: RequestSource | undefined;
  readonly #attributes: Attributes | undefined;

  constructor(
    record: CallRecord,
    action: A,
    source: RequestSource | undefined,
    attributes: Attributes | undefined,
  ) {
    this.door = record.door;
    this.action = action;
    this.authenticated = record.authenticated;
    this.botId = record.botId;
    this.userId = record.userId;
    this.conversationId = record.conversationId;
    this.connectorId = record.connectorId;
    this.eventId = record.eventId;
    this.traceId = record.traceId;
    this.locale = record.locale;
    this.deviceClass = record.deviceClass;
    this.deadline = record.deadline;
    this.headers = record.headers;
    this.#record = record;
    this.#source = source;
    this.#attributes = attributes;
    Object.freeze(this);
  }

  get signal(): AbortSignal {
    return this.#record.abortion.signal;
  }

  get log(): Logger {
    return this.#record.log;
  }

  get<T>(key: ContextKey<T>): T {
    return readAttribute(this.#attributes, key);
  }

  with<T>(key: ContextKey<T>, value: T): Snapshot<A> {
    const attributes = addAttribute(this.#attributes, key, value);
    return new Snapshot(this.#record, this.action, this.#source, attributes);
  }

  request(): Promise<unknown> {
    return this.#source === undefined
      ? Promise.reject(new Error("the call has no request yet"))
      : this.#source.request();
  }

  static assertAlive(context: object): void {
    if (#record in context) {
      context.#record.assertAlive();
    }
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

/** Throws the error that the call of a context has failed with, if it has. */
export function assertAlive(context: MiddlewareContext): void {
  Snapshot.assertAlive(context);
}
