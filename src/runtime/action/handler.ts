import type { Init } from "../codec/init.ts";
import type { ActionContext } from "./context.ts";
import type { MethodShapes, ServerStreaming, Unary } from "./contract.ts";

/** Answers a unary action. Fields that the answer leaves out get their defaults. */
export type UnaryHandler<I, O, C = ActionContext> = (
  request: I,
  context: C,
) => Init<O> | PromiseLike<Init<O>>;

/**
 * Answers a streaming action: an async generator function, or one that returns
 * anything that can be iterated. The next message is asked for when the caller
 * took the one before; `return()` is called when the caller goes away.
 */
export type StreamHandler<I, O, C = ActionContext> = (
  request: I,
  context: C,
) =>
  | AsyncIterable<Init<O>>
  | Iterable<Init<O>>
  | PromiseLike<AsyncIterable<Init<O>> | Iterable<Init<O>>>;

/** The handler that a method asks for. */
export type Handler<M, C = ActionContext> =
  M extends Unary<infer I, infer O>
    ? UnaryHandler<I, O, C>
    : M extends ServerStreaming<infer I, infer O>
      ? StreamHandler<I, O, C>
      : never;

/** A handler for every method of a service, by the methods' local names. */
export type Handlers<M extends MethodShapes, C = ActionContext> = {
  readonly [K in keyof M]: Handler<M[K], C>;
};

/** A handler whose types are not known any more. */
export type AnyHandler = (request: unknown, context: ActionContext) => unknown;
