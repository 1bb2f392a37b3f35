import type { ActionResponse } from "./call.ts";
import type { ActionContext } from "./context.ts";
import type { AnyAction } from "./contract.ts";
import type { Logger } from "./logger.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * Runs asynchronous actions apart from the calls that ask for them.
 * `createJobs` of `botwire/jobs` makes one.
 */
export interface JobQueue {
  /** Called once, by the pipeline that the jobs run through. */
  open(pipeline: Pipeline, log: Logger): void;

  /**
   * Takes a call over. Resolves to the action's response if the job ends soon,
   * else to a receipt: from then on the result will be delivered, come what may.
   *
   * @param request the decoded and validated request
   */
  submit(
    action: AnyAction,
    request: unknown,
    context: ActionContext,
  ): ActionResponse | Promise<ActionResponse>;

  /** Stops taking jobs, and leaves the rest for the next start. */
  close(): Promise<void>;

  /** How long `close()` lets actions go on, in milliseconds. */
  readonly closeMs: number;
}

/** What a caller gets for a call whose result comes later. */
export interface Receipt {
  /** Names the job in the result that is sent later. */
  readonly jobId: string;
}
