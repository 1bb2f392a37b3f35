import type { ActionContract } from "../action/contract.ts";

/**
 * Carries calls of actions to whoever answers them. Failures are always
 * `ActionError`s.
 */
export interface ActionTransport {
  /** Calls an action and waits for its answer. */
  callUnary<I, O>(call: ClientCall<I, O>): Promise<O>;
  /** Calls an action and receives its messages as they come. */
  callStreaming<I, O>(call: ClientCall<I, O>): AsyncIterable<O>;
}

/** One call, as a client hands it to a transport. */
export interface ClientCall<I, O> {
  readonly action: ActionContract<I, O>;
  /** Complete: fields that the caller left out have their defaults. */
  readonly request: I;
  readonly options: CallOptions;
}

/** What a caller may say beside the request. The same as in Connect. */
export interface CallOptions {
  /** Headers to send. */
  readonly headers?: HeadersInit;
  /** How long the caller waits, in milliseconds; for a stream, until its end. */
  readonly timeoutMs?: number;
  /** Ends the call when it is aborted. */
  readonly signal?: AbortSignal;
  /** Called with the headers of an answer. Those of an error are in its `metadata`. */
  readonly onHeader?: (headers: Headers) => void;
  /** Called with the trailers of an answer, where the protocol has them. */
  readonly onTrailer?: (trailers: Headers) => void;
}
