import type { ActionResponse } from "./call.ts";
import type { ActionContext } from "./context.ts";
import type { AnyAction } from "./contract.ts";
import type { JobQueue } from "./job-queue.ts";
import { isPromiseLike } from "./promise.ts";
import type { RequestSource } from "./request-source.ts";

/** The core of the onion for a call that becomes a job: decoding, validation, and the queue. */
export class JobCall {
  readonly #action: AnyAction;
  readonly #source: RequestSource;
  readonly #jobs: JobQueue;

  constructor(action: AnyAction, source: RequestSource, jobs: JobQueue) {
    this.#action = action;
    this.#source = source;
    this.#jobs = jobs;
  }

  /** Answers with the action's response if it comes soon, else with a receipt. */
  run(context: ActionContext): ActionResponse | Promise<ActionResponse> {
    const request = this.#source.load();
    return isPromiseLike(request)
      ? Promise.resolve(request).then((message) => this.#submit(message, context))
      : this.#submit(request, context);
  }

  #submit(request: unknown, context: ActionContext): ActionResponse | Promise<ActionResponse> {
    return this.#jobs.submit(this.#action, request, context);
  }
}
