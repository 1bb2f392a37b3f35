import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError, createContextKey, type HandlerContext } from "@connectrpc/connect";
import type { Call, Outcome, Route } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { Pipeline } from "../action/pipeline.ts";
import { looked } from "../action/promise.ts";
import { outcomeError } from "./outcome.ts";

/** How a method's calls become calls of the pipeline. */
export interface GateOptions<Request extends Message> {
  readonly pipeline: Pipeline;
  /** The longest that a call may take, in milliseconds. */
  readonly budgetMs: number;
  /** The door's name, if it is not that of the protocol. */
  readonly door?: string;
  readonly streaming: boolean;
  /**
   * What is said of a request that Connect cannot read, where its own words must
   * not be, as they quote the request.
   */
  readonly unreadable?: string | undefined;
  /**
   * Finds out what is called. `receive` resolves to the request message as
   * Connect decoded it, and rejects if Connect could not decode it.
   */
  route(headers: HeaderReader, receive: () => Promise<Request>): Route | Promise<Route>;
}

/** A call that Connect and the pipeline work on together. */
interface GatedCall {
  /** Hands over the request message and waits for the pipeline. */
  finish(message: Message): Promise<Outcome>;
}

const gatedCall = createContextKey<GatedCall | undefined>(undefined);

/**
 * Makes a request gate for Connect, which starts the pipeline before the body
 * of a request is read. So hooks see calls that Connect cannot decode, and
 * middleware can turn calls away before anything is decoded:
 *
 * - the gate lets a request through when the pipeline asks for its message;
 * - it throws if the pipeline fails before;
 * - if Connect then fails to receive the message, the pipeline's decoding fails
 *   with that error.
 */
export function createGate<Request extends Message>(
  options: GateOptions<Request>,
): (context: HandlerContext) => Promise<void> {
  return async (context) => {
    const asked = Promise.withResolvers<undefined>();
    const message = Promise.withResolvers<Message>();
    looked(message.promise);
    const receive = () => {
      asked.resolve(undefined);
      // Connect decoded it, by the descriptor of the method that is called.
      return message.promise as Promise<Request>;
    };

    const gone = new AbortController();
    let state: "early" | "receiving" | "received" | "answered" = "early";
    const onAbort = () => {
      const { reason } = context.signal;
      if (state === "receiving") {
        if (options.unreadable !== undefined) {
          reword(reason, options.unreadable);
        }
        message.reject(reason);
      } else if (state === "answered" || !isTimeout(reason)) {
        gone.abort(reason);
      }
    };
    if (context.signal.aborted) {
      onAbort();
    } else {
      context.signal.addEventListener("abort", onAbort);
    }

    const outcome = options.pipeline.invoke(callOf(options, context, receive, gone.signal));
    context.values.set(gatedCall, {
      finish(received) {
        state = "received";
        message.resolve(received);
        outcome.then(() => {
          state = "answered";
        });
        return outcome;
      },
    });
    const early = await Promise.race([asked.promise, outcome]);
    if (early?.ok === false) {
      throw outcomeError(early, context);
    }
    state = "receiving";
  };
}

/** The outcome of a call that went through the gate, whose message is received now. */
export function finishCall(context: HandlerContext, message: Message): Promise<Outcome> {
  const call = context.values.get(gatedCall);
  if (call === undefined) {
    throw new ConnectError("the call did not pass botwire's request gate", Code.Internal);
  }
  return call.finish(message);
}

/** Connect aborts a call with the error that it is about to send. */
function reword(reason: unknown, message: string): void {
  if (reason instanceof ConnectError && reason.code === Code.InvalidArgument) {
    const full = `[invalid_argument] ${message}`;
    const said = { message: full, rawMessage: message, stack: `ConnectError: ${full}` };
    Object.assign(reason, { ...said, cause: undefined });
  }
}

function callOf<Request extends Message>(
  options: GateOptions<Request>,
  context: HandlerContext,
  receive: () => Promise<Request>,
  signal: AbortSignal,
): Call {
  const headers = { get: (name: string) => context.requestHeader.get(name) ?? undefined };
  return {
    door: options.door ?? context.protocolName,
    headers,
    budgetMs: options.budgetMs,
    callerTimeoutMs: context.timeoutMs(),
    signal,
    streaming: options.streaming,
    route: () => options.route(headers, receive),
  };
}

/**
 * Whether the time is up that the caller allows. Until it answers, the pipeline
 * keeps that time itself; a stream, though, has all the time it needs.
 */
export function isTimeout(reason: unknown): reason is ConnectError {
  return reason instanceof ConnectError && reason.code === Code.DeadlineExceeded;
}
