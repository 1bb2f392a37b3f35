import type { Call, Outcome } from "./call.ts";
import { CallRun } from "./call-run.ts";
import type { Engine } from "./engine.ts";
import type { ActionError } from "./error.ts";
import { joinHooks } from "./hook-runner.ts";
import type { Hooks } from "./hooks.ts";
import type { Implementation, ImplementedAction } from "./implement.ts";
import { InFlight } from "./in-flight.ts";
import type { JobQueue } from "./job-queue.ts";
import { createJsonLogger } from "./json-logger.ts";
import type { Logger } from "./logger.ts";
import { composeMiddleware, type Middleware } from "./middleware.ts";
import type { CallObserver } from "./observer.ts";
import { createOverload, type OverloadOptions } from "./overload.ts";
import { ActionRegistry } from "./registry.ts";

/** What a pipeline is made of. */
export interface PipelineOptions {
  /** The services that it serves. */
  readonly actions: readonly Implementation[];
  /** Sets of hooks; the first is called first. */
  readonly hooks?: readonly Hooks[] | undefined;
  /** The outermost first. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Watches calls from within: `botwire/telemetry` brings one. */
  readonly observer?: CallObserver | undefined;
  /**
   * Runs asynchronous actions: `botwire/jobs` brings one. Without it they run
   * like all others.
   */
  readonly jobs?: JobQueue | undefined;
  readonly defaults?: PipelineDefaults | undefined;
  /** When calls are turned away instead of being late. */
  readonly overload?: OverloadOptions | undefined;
  /** Where log lines go; as JSON to the standard output if left out. */
  readonly log?: Logger | undefined;
  /**
   * Check what handlers answer against the rules of their messages, too. An
   * answer that breaks them is an `internal` error.
   */
  readonly validateResponses?: boolean | undefined;
}

/** Times in milliseconds that hold where nothing else says so. */
export interface PipelineDefaults {
  /** The longest that a call of an action may take whose contract sets no deadline. */
  readonly deadlineMs?: number | undefined;
  /** The longest that a stream may wait for its handler's next message; 60,000 if left out. */
  readonly streamIdleMs?: number | undefined;
  /**
   * How long an answer whose budget has ended still waits for hooks, and the
   * end of a stream for its handler to clean up; 100 if left out.
   */
  readonly graceMs?: number | undefined;
}

/** The way of every call, whatever door it came through. */
export interface Pipeline {
  /** The services that it serves. */
  readonly implementations: readonly Implementation[];
  /** All actions of the services, in their order. */
  readonly actions: readonly ImplementedAction[];
  /** How many calls are not over yet. */
  readonly inFlight: number;

  /**
   * Why a call that came now would be turned away; undefined if it would not.
   * `invoke` asks by itself: this is for doors that would read something before.
   */
  overloaded(): ActionError | undefined;

  /** Brings one call to its outcome. It never rejects: a failure is an outcome, too. */
  invoke(call: Call): Promise<Outcome>;

  /** The same, but the outcome is there at once if the call did not have to wait for anything. */
  invokeNow(call: Call): Outcome | Promise<Outcome>;

  /** Resolves as soon as no call is in flight. It turns no call away. */
  drain(): Promise<void>;
}

/**
 * Makes a pipeline. Throws an error that lists every action whose name is no
 * name, or is another's.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { defaults = {}, middleware = [], log = createJsonLogger() } = options;
  const engine: Engine = {
    registry: new ActionRegistry(options.actions),
    hooks: joinHooks(options.hooks ?? []),
    chain: middleware.length === 0 ? undefined : composeMiddleware(middleware),
    observer: options.observer,
    jobs: options.jobs,
    log,
    validateResponses: options.validateResponses ?? false,
    deadlineMs: defaults.deadlineMs,
    streamIdleMs: defaults.streamIdleMs ?? 60_000,
    graceMs: defaults.graceMs ?? 100,
    inFlight: new InFlight(),
    overload: createOverload(options.overload ?? {}, log),
  };
  const pipeline: Pipeline = {
    implementations: options.actions,
    actions: engine.registry.actions,
    get inFlight() {
      return engine.inFlight.count;
    },
    overloaded() {
      const { overload, inFlight } = engine;
      return overload.refusal(inFlight.count, overload.delayMs());
    },
    invoke: async (call) => new CallRun(engine, call).start(),
    invokeNow: (call) => new CallRun(engine, call).start(),
    drain: () => engine.inFlight.empty(),
  };
  options.jobs?.open(pipeline, engine.log);
  return pipeline;
}
