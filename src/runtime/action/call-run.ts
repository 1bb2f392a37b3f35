import type { ActionResponse, Call, Failure, Outcome } from "./call.ts";
import { CallRecord } from "./call-record.ts";
import type { CallContext } from "./context.ts";
import type { Engine } from "./engine.ts";
import { ActionError } from "./error.ts";
import { isPromiseLike } from "./promise.ts";
import { snapshotCall } from "./snapshot.ts";
import { toActionError } from "./to-action-error.ts";
import { Watch, type Watcher } from "./watch.ts";
import { type Traveller, WayIn } from "./way-in.ts";

/**
 * One call from its start to its end. What it has to decide is how the call
 * ends: with what comes first of response, error, end of time, and the caller
 * going away. Everything that comes later is noted and dropped.
 */
export class CallRun implements Watcher, Traveller {
  readonly #engine: Engine;
  readonly #call: Call;
  readonly #record: CallRecord;
  /** Nothing is watched before the call has to wait. */
  #watch: Watch | undefined;
  readonly #wayIn: WayIn;
  readonly #clockStart: number;
  /** How long the call waited before anyone looked at it, which its budget includes. */
  readonly #waitedMs: number;
  readonly #refusal: ActionError | undefined;
  #waiting = false;
  #failure: Failure | undefined;
  #outcome: Outcome | undefined;
  #resolve: ((outcome: Outcome) => void) | undefined;

  constructor(engine: Engine, call: Call) {
    this.#engine = engine;
    this.#call = call;
    const { hooks, log, observer, overload, inFlight } = engine;
    this.#waitedMs = overload.delayMs();
    this.#refusal =
      call.job === true ? undefined : overload.refusal(inFlight.count, this.#waitedMs);
    const arrivedAt = Date.now() - this.#waitedMs;
    this.#record = new CallRecord(call, arrivedAt, log, hooks.requestStart !== undefined);
    this.#record.observed = observer?.begin(this.#record);
    this.#wayIn = new WayIn(engine, call, this.#record, this);
    const timed = hooks.requestEnd !== undefined || observer !== undefined;
    this.#clockStart = timed ? performance.now() : 0;
  }

  /** Sets off. The outcome is there at once if nothing has to be waited for. */
  start(): Outcome | Promise<Outcome> {
    const { observed } = this.#record;
    if (observed === undefined) {
      this.#go();
    } else {
      observed.run(() => this.#go());
    }
    return (
      this.#outcome ??
      new Promise((resolve) => {
        this.#resolve = resolve;
      })
    );
  }

  #go(): void {
    this.#engine.inFlight.enter();
    let response: ActionResponse | PromiseLike<ActionResponse>;
    try {
      response = this.#wayIn.go();
    } catch (reason) {
      this.#stumble(reason);
      return;
    }
    if (isPromiseLike(response)) {
      response.then(
        (there) => this.#succeed(there),
        (reason) => this.#stumble(reason),
      );
    } else {
      this.#succeed(response);
    }
  }

  #succeed(response: ActionResponse): void {
    const { action, traceId } = this.#record;
    if (this.#record.phase !== "running" || action === undefined) {
      return;
    }
    // A handler that blocks the process keeps the timer from firing, too.
    if (Date.now() >= this.#record.deadline) {
      this.timedOut();
      this.late();
      return;
    }
    this.#record.phase = "committing";
    const { responseCommit } = this.#engine.hooks;
    const headers = this.#record.committedHeaders(responseCommit !== undefined);
    const outcome: Outcome = { ok: true, action, response, traceId, headers };
    try {
      const pending = responseCommit?.(this.#context, outcome, this.#record);
      if (isPromiseLike(pending)) {
        this.wait();
        pending.then(
          () => this.#record.phase === "committing" && this.#deliver(outcome),
          (reason) => this.#stumble(reason),
        );
      } else {
        this.#deliver(outcome);
      }
    } catch (reason) {
      this.#stumble(reason);
    }
  }

  /** Something threw. It fails the call, unless it comes too late for that. */
  #stumble(reason: unknown): void {
    if (this.#record.phase === "running" || this.#record.phase === "committing") {
      this.#fail(toActionError(reason));
    } else if (reason !== this.#record.error) {
      this.late(reason);
    }
  }

  #fail(error: ActionError): void {
    const { action, traceId } = this.#record;
    const committed = this.#record.phase === "committing";
    this.#record.phase = "failing";
    this.#record.error = error;
    this.#record.seal();
    this.#wayIn.closeStream();
    const ran = this.#wayIn.requestTouched;
    const failure: Failure = { ok: false, action, error, ran, traceId, headers: new Map() };
    this.#failure = failure;
    const reported = this.#report(error);
    if (isPromiseLike(reported)) {
      this.#allowGrace();
      reported.then(() => this.#commitFailure(failure, committed));
    } else {
      this.#commitFailure(failure, committed);
    }
  }

  #commitFailure(failure: Failure, committed: boolean): void {
    const { responseCommit } = this.#engine.hooks;
    if (this.#record.phase !== "failing" || responseCommit === undefined || committed) {
      this.#deliver(failure);
      return;
    }
    const report = (error: unknown) => this.#record.log.error("onResponseCommit failed", { error });
    try {
      const pending = responseCommit(this.#context, failure, this.#record);
      if (isPromiseLike(pending)) {
        this.#allowGrace();
        pending.then(undefined, report).then(() => this.#deliver(failure));
        return;
      }
    } catch (reason) {
      report(reason);
    }
    this.#deliver(failure);
  }

  #deliver(outcome: Outcome): void {
    if (this.#record.phase !== "committing" && this.#record.phase !== "failing") {
      return;
    }
    this.#outcome = outcome;
    this.#resolve?.(outcome);
    if (outcome.ok && outcome.response.kind === "stream") {
      this.#record.phase = "streaming";
      this.#watch?.clearTimer();
    } else {
      this.#end(outcome.ok ? undefined : outcome.error, outcome.ok ? 1 : 0);
    }
  }

  #end(error: ActionError | undefined, messages: number): void {
    const { hooks, inFlight } = this.#engine;
    this.#record.phase = "ended";
    this.#watch?.stop();
    this.#record.grant?.ended();
    const { observed } = this.#record;
    if (hooks.requestEnd === undefined && observed === undefined) {
      inFlight.leave();
      return;
    }
    const end = { error, durationMs: performance.now() - this.#clockStart, messages };
    const pending = hooks.requestEnd?.(this.#context, end, this.#record);
    observed?.ended(this.#context, end);
    if (isPromiseLike(pending)) {
      pending.then(() => inFlight.leave());
    } else {
      inFlight.leave();
    }
  }

  get #context(): CallContext {
    return this.#wayIn.context ?? snapshotCall(this.#record);
  }

  /** Tells log and hooks about a failure. */
  #report(error: ActionError): void | Promise<void> {
    if (error.code === "internal" || error.code === "unknown" || error.code === "data_loss") {
      this.#record.log.error("the call failed", { error });
    }
    return this.#engine.hooks.error?.(this.#context, error, this.#record);
  }

  #watching(): Watch {
    this.#watch ??= new Watch(this, this.#call.signal);
    return this.#watch;
  }

  /** Gives hooks what is left of the budget, but at least the grace. */
  #allowGrace(): void {
    this.#watching().setTimer(Math.max(this.#record.deadline - Date.now(), this.#engine.graceMs));
  }

  // What the way in asks.

  assertWanted(): void {
    if (this.#call.signal?.aborted === true) {
      this.gone();
    } else if (this.#refusal !== undefined) {
      const { overload, inFlight } = this.#engine;
      overload.report(inFlight.count - 1, this.#waitedMs);
      this.#fail(this.#refusal);
    } else if (this.#record.deadline <= this.#record.startedAt + this.#waitedMs) {
      this.timedOut();
    }
    this.#record.assertAlive();
  }

  wait(): void {
    if (!this.#waiting) {
      this.#waiting = true;
      this.#watching().setTimer(this.#record.deadline - this.#record.startedAt - this.#waitedMs);
      this.#watching().listen();
    }
  }

  deadlineMoved(): void {
    if (this.#waiting) {
      const leftMs = this.#record.deadline - Date.now();
      if (leftMs > 0) {
        this.#watching().setTimer(leftMs);
      } else {
        this.timedOut();
      }
    }
  }

  late(reason?: unknown): void {
    const { log } = this.#record;
    if (reason === undefined) {
      log.warn("the handler answered after the call had failed");
      return;
    }
    const { code } = toActionError(reason);
    // To stop when the signal aborts is what a handler should do.
    const expected = code === "canceled" || code === "deadline_exceeded";
    log[expected ? "debug" : "warn"]("something failed after the call had ended", {
      error: reason,
    });
  }

  // What the watch tells.

  timedOut(): void {
    switch (this.#record.phase) {
      case "running":
      case "committing":
        this.#record.abortion.abort("deadline");
        this.#fail(new ActionError("deadline_exceeded", "the call took too long"));
        break;
      case "failing":
        this.#record.log.warn("hooks took too long, so the answer left without them");
        if (this.#failure !== undefined) {
          this.#deliver(this.#failure);
        }
        break;
      case "streaming":
        this.#wayIn.stream?.stop("deadline");
        break;
      case "broken":
        this.#record.log.warn("onError took too long, so the call ended without it");
        this.#end(this.#record.error, this.#wayIn.stream?.messages ?? 0);
    }
  }

  gone(): void {
    if (this.#record.phase === "running" || this.#record.phase === "committing") {
      this.#record.abortion.abort("canceled");
      this.#fail(new ActionError("canceled", "the caller went away"));
    } else if (this.#record.phase === "streaming") {
      this.#wayIn.stream?.stop("canceled");
    }
  }

  // What the stream tells, once it is handed out.

  waiting(): void {
    this.#watching().setTimer(this.#engine.streamIdleMs);
  }

  received(): void {
    this.#watch?.clearTimer();
  }

  stopping(cause: "deadline" | "canceled"): void {
    this.#watch?.clearTimer();
    this.#record.abortion.abort(cause);
  }

  streamEnded(error: ActionError | undefined, messages: number): void {
    this.#record.error = error;
    this.#record.phase = "broken";
    const reported = error && this.#report(error);
    if (isPromiseLike(reported)) {
      this.#watching().setTimer(this.#engine.graceMs);
      reported.then(() => this.#record.phase === "broken" && this.#end(error, messages));
    } else {
      this.#end(error, messages);
    }
  }
}
