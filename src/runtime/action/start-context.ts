import { addAttribute, readAttribute } from "./attributes.ts";
import type { CallRecord } from "./call-record.ts";
import type { CallStage, StartContext } from "./context.ts";
import type { ContextKey } from "./context-key.ts";
import type { AnyAction } from "./contract.ts";
import type { HeaderReader } from "./headers.ts";
import type { Logger } from "./logger.ts";

/** The face of a record that `onRequestStart` sees: what is written goes to the record. */
class WritableContext implements StartContext {
  readonly #record: CallRecord;

  constructor(record: CallRecord) {
    this.#record = record;
    // Identity goes through the setters below; a mistyped name must not vanish in a new property.
    Object.preventExtensions(this);
  }

  /** The record, if it still may be written. */
  get #writable(): CallRecord {
    if (!this.#record.open) {
      throw new TypeError("the context is writable only until onRequestStart has ended");
    }
    return this.#record;
  }

  get door(): string {
    return this.#record.door;
  }
  get stage(): CallStage {
    return this.#record.stage;
  }
  get action(): AnyAction | undefined {
    return this.#record.action;
  }
  get deadline(): number {
    return this.#record.deadline;
  }
  get signal(): AbortSignal {
    return this.#record.abortion.signal;
  }
  get headers(): HeaderReader {
    return this.#record.headers;
  }
  get log(): Logger {
    return this.#record.log;
  }

  get authenticated(): boolean {
    return this.#record.authenticated;
  }
  set authenticated(value: boolean) {
    this.#writable.authenticated = value;
  }
  get botId(): string {
    return this.#record.botId;
  }
  set botId(value: string) {
    this.#writable.botId = value;
  }
  get userId(): string {
    return this.#record.userId;
  }
  set userId(value: string) {
    this.#writable.userId = value;
  }
  get conversationId(): string {
    return this.#record.conversationId;
  }
  set conversationId(value: string) {
    this.#writable.conversationId = value;
  }
  get connectorId(): string {
    return this.#record.connectorId;
  }
  set connectorId(value: string) {
    this.#writable.connectorId = value;
  }
  get eventId(): string {
    return this.#record.eventId;
  }
  set eventId(value: string) {
    this.#writable.eventId = value;
  }
  get traceId(): string {
    return this.#record.traceId;
  }
  set traceId(value: string) {
    this.#writable.setTraceId(value);
  }
  get locale(): string {
    return this.#record.locale;
  }
  set locale(value: string) {
    this.#writable.locale = value;
  }
  get deviceClass(): string {
    return this.#record.deviceClass;
  }
  set deviceClass(value: string) {
    this.#writable.deviceClass = value;
  }

  get<T>(key: ContextKey<T>): T {
    return readAttribute(this.#record.attributes, key);
  }
  set<T>(key: ContextKey<T>, value: T): void {
    const record = this.#writable;
    record.attributes = addAttribute(record.attributes, key, value);
  }
}

/** The context for `onRequestStart`; it can be written to until the record is sealed. */
export function openContext(record: CallRecord): StartContext {
  return new WritableContext(record);
}
