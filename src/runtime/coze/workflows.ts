import { ActionError } from "../action/error.ts";
import { cozeErrorOf } from "./api-error.ts";
import { type ApiRequest, operationOf, pathOf } from "./api-request.ts";
import { type ApiSession, callApi } from "./call-api.ts";
import type { CallerIds } from "./caller.ts";
import { poll, type WaitOptions } from "./poll.ts";
import { listIn, textIn } from "./read-record.ts";
import { streamWorkflow, type WorkflowEvent } from "./workflow-events.ts";
import {
  anyOutput,
  type OutputSchema,
  readProgress,
  readResult,
  type WorkflowInterrupt,
  type WorkflowProgress,
  type WorkflowResult,
} from "./workflow-run.ts";

/** Workflows of the platform. None of these is repeated by itself: a run may have effects. */
export interface Workflows {
  /** Runs a workflow and waits for its output: 90 s at most, and the call's deadline. */
  run<T = unknown>(
    workflowId: string,
    parameters?: WorkflowParameters,
    options?: RunOptions & OutputOptions<T>,
  ): Promise<WorkflowResult<T>>;

  /** Runs a workflow and gives what its nodes say while they work. */
  stream(
    workflowId: string,
    parameters?: WorkflowParameters,
    options?: RunOptions,
  ): AsyncIterable<WorkflowEvent>;

  /** Goes on with a workflow that waits for an answer. */
  resume(
    workflowId: string,
    interrupt: Pick<WorkflowInterrupt, "eventId" | "type">,
    answer: string,
  ): AsyncIterable<WorkflowEvent>;

  /** Starts a workflow in the background, and gives the id of the run. Needs a paid plan. */
  start(workflowId: string, parameters?: WorkflowParameters, options?: RunOptions): Promise<string>;

  /** How far a run in the background has come. */
  progress<T = unknown>(
    workflowId: string,
    executeId: string,
    options?: OutputOptions<T>,
  ): Promise<WorkflowProgress<T>>;

  /**
   * Waits until a run in the background has ended or waits for an answer. A run
   * that failed is an answer like others: see its `status`.
   */
  wait<T = unknown>(
    workflowId: string,
    executeId: string,
    options?: WaitOptions & OutputOptions<T>,
  ): Promise<WorkflowProgress<T>>;
}

/** What the start node of a workflow takes, by name. */
export type WorkflowParameters = Readonly<Record<string, unknown>>;

/** How a workflow is to be run. */
export interface RunOptions {
  /** The bot whose variables and databases it uses; that of the call if left out. */
  readonly botId?: string | undefined;
  /** An app instead of a bot. */
  readonly appId?: string | undefined;
  /** The user on whose behalf it runs; that of the call if left out. */
  readonly userId?: string | undefined;
  /** The newest one if left out. */
  readonly version?: string | undefined;
}

/** How an output is read. */
export interface OutputOptions<T> {
  /** Checks the output and gives it its type; without it the output is `unknown`. */
  readonly output?: OutputSchema<T> | undefined;
}

/** The platform closes the connection after 90 s. */
const runTimeoutMs = 100_000;

export function createWorkflows(session: ApiSession, ids: CallerIds): Workflows {
  const run = (path: string, body: object): ApiRequest => ({
    method: "POST",
    path,
    body,
    safe: false,
    timeoutMs: runTimeoutMs,
  });
  const runBody = (
    workflowId: string,
    parameters: WorkflowParameters = {},
    { botId, appId, userId, version }: RunOptions = {},
  ) => {
    const user = ids.find("userId", userId);
    return {
      workflow_id: workflowId,
      parameters,
      // The platform refuses both.
      ...(appId === undefined ? { bot_id: ids.find("botId", botId) } : { app_id: appId }),
      ...(user === undefined ? {} : { ext: { user_id: user } }),
      workflow_version: version,
    };
  };

  /** A coze-studio does not know the path, and has another one for the same. */
  async function callHistory(request: ApiRequest, workflowId: string, executeId: string) {
    try {
      return await callApi(session, request);
    } catch (reason) {
      const refused = cozeErrorOf(reason);
      if (refused?.status !== 404 || refused.code !== undefined) {
        throw reason;
      }
      const query = { workflow_id: workflowId, execute_id: executeId };
      const path = "/v1/workflow/get_run_history";
      return callApi(session, { method: "GET", path, query, safe: true });
    }
  }

  async function progress<T>(workflowId: string, executeId: string, schema: OutputSchema<T>) {
    const path = pathOf`/v1/workflows/${workflowId}/run_histories/${executeId}`;
    const request: ApiRequest = { method: "GET", path, safe: true };
    const [item] = listIn(await callHistory(request, workflowId, executeId), "data", (run) => run);
    if (item === undefined) {
      throw new ActionError("not_found", "the bot platform knows no such run", {
        cause: new Error(`${operationOf(request)}: no run`),
      });
    }
    return readProgress(item, schema);
  }

  return {
    async run(workflowId, parameters, options) {
      const body = runBody(workflowId, parameters, options);
      const answer = await callApi(session, run("/v1/workflow/run", body));
      return readResult(answer, schemaOf(options));
    },

    stream: (workflowId, parameters, options) =>
      streamWorkflow(
        session,
        run("/v1/workflow/stream_run", runBody(workflowId, parameters, options)),
      ),

    resume: (workflowId, { eventId, type }, answer) =>
      streamWorkflow(
        session,
        run("/v1/workflow/stream_resume", {
          workflow_id: workflowId,
          event_id: eventId,
          interrupt_type: type,
          resume_data: answer,
        }),
      ),

    async start(workflowId, parameters, options) {
      const body = { ...runBody(workflowId, parameters, options), is_async: true };
      return textIn(await callApi(session, run("/v1/workflow/run", body)), "execute_id");
    },

    progress: (workflowId, executeId, options) =>
      progress(workflowId, executeId, schemaOf(options)),

    wait: (workflowId, executeId, options = {}) =>
      poll(
        session,
        options,
        () => progress(workflowId, executeId, schemaOf(options)),
        ({ status, interrupt }) => status !== "running" || interrupt !== undefined,
      ),
  };
}

/** Without a schema `T` is `unknown`, unless the caller claims to know better. */
function schemaOf<T>(options: OutputOptions<T> | undefined): OutputSchema<T> {
  return options?.output ?? (anyOutput as OutputSchema<T>);
}
