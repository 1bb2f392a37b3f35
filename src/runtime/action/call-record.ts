import type { Attributes } from "./attributes.ts";
import type { ActionResponse, Call } from "./call.ts";
import { CallSignal } from "./call-signal.ts";
import { hintedDeviceClass, preferredLanguage } from "./caller-hints.ts";
import type { CallStage, Identity, LateListener } from "./context.ts";
import type { AnyAction } from "./contract.ts";
import type { ActionError } from "./error.ts";
import type { CallGrant } from "./grant.ts";
import type { HeaderReader, HeaderWriter } from "./headers.ts";
import { type Logger, withFields } from "./logger.ts";
import type { CallStart, ObservedCall } from "./observer.ts";
import { randomTraceId, readTraceParent } from "./trace-id.ts";

/**
 * Where a call stands: on its way to a response; a success that waits for
 * `onResponseCommit`; a failure that waits for hooks; a stream that was handed
 * out; a stream that broke off and waits for `onError`; over.
 */
export type Phase = "running" | "committing" | "failing" | "streaming" | "broken" | "ended";

/** Headers that nobody has set, and nobody can set any more. */
class NoHeaders extends Map<string, string> {
  override set(): never {
    throw new TypeError("the response has been committed: no header can be set any more");
  }
}

const noHeaders: HeaderWriter = new NoHeaders();

/** The one mutable record of a call, behind all contexts. Only the pipeline writes to it. */
export class CallRecord implements Identity, CallStart {
  readonly door: string;
  readonly headers: HeaderReader;
  readonly startedAt: number;
  phase: Phase = "running";
  stage: CallStage;
  action: AnyAction | undefined = undefined;
  grant: CallGrant | undefined = undefined;
  attributes: Attributes | undefined = undefined;
  deadline: number;
  authenticated = false;
  botId = "";
  userId = "";
  conversationId = "";
  connectorId = "";
  eventId = "";
  traceId: string;
  linkedTraceId: string | undefined = undefined;
  /** Who watches the call from within. */
  observed: ObservedCall | undefined = undefined;
  /** True until `onRequestStart` has ended. */
  open = true;
  /** What the call has failed with, for those who are still at work on it. */
  error: ActionError | undefined = undefined;
  #locale = "";
  #deviceClass = "";
  #hintedLocale: string | undefined;
  #hintedDeviceClass: string | undefined;
  #responseHeaders: HeaderWriter | undefined;
  #lateListeners: readonly LateListener[] | undefined;
  #abortion: CallSignal | undefined;
  readonly #traceFromRoute: boolean;
  /** Whether someone may write to it until `onRequestStart` has ended. */
  readonly #hasStartHooks: boolean;
  /** True while the trace id is one that the pipeline made up. */
  #traceIdIsRandom: boolean;
  readonly #rootLog: Logger;
  #log: Logger | undefined;
  #loggedTraceId: string | undefined;
  #loggedAction: AnyAction | undefined;

  /** The time of the start is in milliseconds since 1970. */
  constructor(call: Call, startedAt: number, log: Logger, hasStartHooks: boolean) {
    this.door = call.door;
    this.stage = call.job === true ? "job" : "direct";
    this.headers = call.headers;
    this.startedAt = startedAt;
    this.deadline = startedAt + call.budgetMs;
    this.limit(call.callerTimeoutMs);
    const traceId = readTraceParent(call.headers.get("traceparent"));
    this.traceId = traceId ?? randomTraceId();
    this.#traceIdIsRandom = traceId === undefined;
    this.#traceFromRoute = call.traceFromRoute ?? false;
    this.#hasStartHooks = hasStartHooks;
    this.#rootLog = log;
  }

  /** Throws the error that the call has failed with, if it has. */
  assertAlive(): void {
    if (this.error !== undefined) {
      throw this.error;
    }
  }

  /** The call's signal. */
  get abortion(): CallSignal {
    this.#abortion ??= new CallSignal();
    return this.#abortion;
  }

  /** What the caller said, else what its headers hint at. */
  get locale(): string {
    if (this.#locale !== "") {
      return this.#locale;
    }
    this.#hintedLocale ??= preferredLanguage(this.headers);
    return this.#hintedLocale;
  }
  set locale(value: string) {
    this.#locale = value;
  }

  /** What the caller said, else what its headers hint at. */
  get deviceClass(): string {
    if (this.#deviceClass !== "") {
      return this.#deviceClass;
    }
    this.#hintedDeviceClass ??= hintedDeviceClass(this.headers);
    return this.#hintedDeviceClass;
  }
  set deviceClass(value: string) {
    this.#deviceClass = value;
  }

  /** The headers that middleware wants on the answer, if the call succeeds. */
  get responseHeaders(): HeaderWriter {
    this.#responseHeaders ??= new Map();
    return this.#responseHeaders;
  }

  /**
   * The headers as they leave. Most calls have none, and share what stands for that.
   *
   * @param hooks whether hooks may still add some
   */
  committedHeaders(hooks: boolean): HeaderWriter {
    return hooks ? this.responseHeaders : (this.#responseHeaders ?? noHeaders);
  }

  get traceIsOpen(): boolean {
    const awaitsRoute = this.#traceFromRoute && this.action === undefined;
    return awaitsRoute || (this.#hasStartHooks && this.open);
  }

  /** From now on `StartContext` cannot be written to. */
  seal(): void {
    this.open = false;
  }

  /** Shortens the call's budget. Returns false if it was no longer before. */
  limit(budgetMs: number | undefined): boolean {
    const shorter = budgetMs !== undefined && this.startedAt + budgetMs < this.deadline;
    if (shorter) {
      this.deadline = this.startedAt + budgetMs;
    }
    return shorter;
  }

  /** Takes a trace id that someone chose. */
  setTraceId(traceId: string): void {
    this.traceId = traceId;
    this.#traceIdIsRandom = false;
  }

  /** Adds what the door read from the request to what is not known yet. */
  identify(identity: Partial<Identity>): void {
    this.authenticated ||= identity.authenticated ?? false;
    this.botId ||= identity.botId ?? "";
    this.userId ||= identity.userId ?? "";
    this.conversationId ||= identity.conversationId ?? "";
    this.connectorId ||= identity.connectorId ?? "";
    this.eventId ||= identity.eventId ?? "";
    this.#locale ||= identity.locale ?? "";
    this.#deviceClass ||= identity.deviceClass ?? "";
    if (identity.traceId) {
      if (this.#traceIdIsRandom) {
        this.setTraceId(identity.traceId);
      } else if (identity.traceId !== this.traceId) {
        this.linkedTraceId = identity.traceId;
      }
    }
  }

  onLateResponse(listener: LateListener): void {
    this.#lateListeners = [...(this.#lateListeners ?? []), listener];
  }

  /** Tells those who want to know of a response that nobody gets any more. */
  tellLate(response: ActionResponse): void {
    for (const listener of this.#lateListeners ?? []) {
      (async () => listener(response))().catch((error: unknown) =>
        this.log.error("a listener of late responses failed", { error }),
      );
    }
  }

  /** The logger of the call; it carries what is known when it is asked for. */
  get log(): Logger {
    if (
      this.#log === undefined ||
      this.#loggedTraceId !== this.traceId ||
      this.#loggedAction !== this.action
    ) {
      this.#loggedTraceId = this.traceId;
      this.#loggedAction = this.action;
      this.#log = withFields(this.#rootLog, {
        trace_id: this.traceId,
        door: this.door,
        ...(this.action === undefined ? {} : { action: this.action.name }),
      });
    }
    return this.#log;
  }
}
