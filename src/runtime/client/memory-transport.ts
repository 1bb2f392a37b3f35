import type { Call, Outcome, Success } from "../action/call.ts";
import type { Implementation } from "../action/implement.ts";
import { createPipeline, type PipelineOptions } from "../action/pipeline.ts";
import { traceHeader } from "../http/answers.ts";
import { identityFromHeaders } from "../http/identity-headers.ts";
import { setHeaders } from "../http/set-headers.ts";
import { type CallLimits, callLimits } from "./call-limits.ts";
import { clientError } from "./client-error.ts";
import type { ActionTransport, CallOptions, ClientCall } from "./transport.ts";

/** What can be told about calls within one process. */
export interface MemoryTransportOptions extends Omit<PipelineOptions, "actions"> {
  /** The longest that a call may take, in milliseconds. 8000 by default, as over RPC. */
  readonly budgetMs?: number | undefined;
}

/**
 * Calls implementations in the same process, for tests: through the whole
 * pipeline with its hooks, middleware, validation and deadlines, but without
 * a door. Messages are handed over as they are.
 */
export function memoryTransport(
  implementations: readonly Implementation[],
  { budgetMs = 8000, ...options }: MemoryTransportOptions = {},
): ActionTransport {
  const pipeline = createPipeline({ ...options, actions: implementations });
  const invoke = async <I, O>(call: ClientCall<I, O>, { signal }: CallLimits) =>
    expectSuccess(await pipeline.invoke(callOf(call, signal, budgetMs)), call.options);
  return {
    async callUnary<I, O>(call: ClientCall<I, O>) {
      const limits = callLimits(call.options);
      try {
        const { response } = await invoke(call, limits);
        if (response.kind !== "unary") {
          throw new TypeError(`${call.action.name} answered with a stream`);
        }
        // The pipeline completed it by the schema of the action's output.
        return response.message as O;
      } catch (reason) {
        throw limits.failure(reason);
      } finally {
        limits.release();
      }
    },

    async *callStreaming<I, O>(call: ClientCall<I, O>) {
      const limits = callLimits(call.options);
      try {
        const { response, traceId } = await invoke(call, limits);
        if (response.kind !== "stream") {
          throw new TypeError(`${call.action.name} did not answer with a stream`);
        }
        try {
          for await (const message of response.messages) {
            yield message as O;
          }
        } catch (reason) {
          throw clientError(reason, traceId);
        }
      } catch (reason) {
        throw limits.failure(reason);
      } finally {
        limits.release();
      }
    },
  };
}

function callOf<I, O>(
  { action, request, options }: ClientCall<I, O>,
  signal: AbortSignal,
  budgetMs: number,
): Call {
  const sent = new Headers(options.headers);
  const headers = { get: (name: string) => sent.get(name) ?? undefined };
  return {
    door: "memory",
    headers,
    budgetMs,
    callerTimeoutMs: options.timeoutMs,
    signal,
    streaming: action.kind === "server_streaming",
    route: () => ({
      action: action.name,
      identity: identityFromHeaders(headers),
      decode: () => request,
    }),
  };
}

function expectSuccess(outcome: Outcome, { onHeader }: CallOptions): Success {
  if (!outcome.ok) {
    throw clientError(outcome.error, outcome.traceId, outcome.headers);
  }
  if (onHeader !== undefined) {
    const headers = new Headers();
    setHeaders(headers, outcome.headers);
    headers.set(traceHeader, outcome.traceId);
    onHeader(headers);
  }
  return outcome;
}
