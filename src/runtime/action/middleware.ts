import type { ActionResponse } from "./call.ts";
import type { MiddlewareContext } from "./context.ts";
import { runPart } from "./observer.ts";
import { looked } from "./promise.ts";
import { assertAlive, observedCall, sameCall } from "./snapshot.ts";

/**
 * Runs around the decoding, the validation and the handler of a call.
 *
 * It answers with what `next()` gives, with something else, or by throwing; it
 * sees every error of what is inside of it as an `ActionError`. Of a streaming
 * action it gets the stream, and may answer with one that wraps it.
 */
export type Middleware = (
  context: MiddlewareContext,
  next: Next,
) => ActionResponse | Promise<ActionResponse>;

/**
 * Runs what is inside of a middleware, at most once: a second call rejects, and
 * so does one after the call has failed, for example at its deadline. The
 * context is the middleware's own, or one made from it by `with()`.
 */
export type Next = (context?: MiddlewareContext) => Promise<ActionResponse>;

/** What is inside of all middleware: decoding, validation, handler. */
export type Core = (context: MiddlewareContext) => ActionResponse | Promise<ActionResponse>;

/** Middleware as one function around a core. */
export type Chain = (
  context: MiddlewareContext,
  core: Core,
) => ActionResponse | Promise<ActionResponse>;

/** Composes middleware, the outermost first. */
export function composeMiddleware(list: readonly Middleware[]): Chain {
  return list.reduceRight<Chain>(
    (inner, middleware) => (context, core) => enter(middleware, context, inner, core),
    (context, core) => core(context),
  );
}

async function enter(
  middleware: Middleware,
  context: MiddlewareContext,
  inner: Chain,
  core: Core,
): Promise<ActionResponse> {
  let called = false;
  const run = async (given: MiddlewareContext): Promise<ActionResponse> => {
    if (called) {
      throw new Error(`${nameOf(middleware)} called next() more than once`);
    }
    called = true;
    if (!sameCall(given, context)) {
      throw new TypeError(
        `${nameOf(middleware)} called next() with something that context.with() did not make`,
      );
    }
    assertAlive(given);
    return inner(given, core);
  };
  const next: Next = (given = context) => looked(run(given));
  const observed = observedCall(context);
  const response = await (observed === undefined
    ? middleware(context, next)
    : runPart(observed, "middleware", middleware.name, () => middleware(context, next)));
  if (!isResponse(response)) {
    throw new TypeError(
      `${nameOf(middleware)} returned no response; a middleware returns what next() gives, or a response of its own`,
    );
  }
  return response;
}

function isResponse(value: unknown): value is ActionResponse {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "unary" || value.kind === "stream" || value.kind === "receipt")
  );
}

function nameOf(middleware: Middleware): string {
  return middleware.name === ""
    ? "a middleware without a name"
    : `middleware ${JSON.stringify(middleware.name)}`;
}
