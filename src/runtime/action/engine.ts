import type { HookRunner } from "./hook-runner.ts";
import type { InFlight } from "./in-flight.ts";
import type { JobQueue } from "./job-queue.ts";
import type { Logger } from "./logger.ts";
import type { Chain } from "./middleware.ts";
import type { CallObserver } from "./observer.ts";
import type { Overload } from "./overload.ts";
import type { ActionRegistry } from "./registry.ts";

/** What all calls of one pipeline share. */
export interface Engine {
  readonly registry: ActionRegistry;
  readonly hooks: HookRunner;
  /** Undefined without middleware. */
  readonly chain: Chain | undefined;
  readonly observer: CallObserver | undefined;
  /** Undefined where asynchronous actions run like all others. */
  readonly jobs: JobQueue | undefined;
  readonly log: Logger;
  readonly validateResponses: boolean;
  /** The time for actions whose contract sets none. */
  readonly deadlineMs: number | undefined;
  /** The longest that a stream's next message may take. */
  readonly streamIdleMs: number;
  /** How long an answer that is due waits for hooks, and a stream for its handler to clean up. */
  readonly graceMs: number;
  readonly inFlight: InFlight;
  readonly overload: Overload;
}
