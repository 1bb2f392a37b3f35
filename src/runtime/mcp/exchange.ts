import type { Outcome } from "../action/call.ts";
import type { HttpRequest } from "../http/exchange.ts";

/** A request that was let in, and what becomes of it. */
export interface Exchange {
  readonly request: HttpRequest;
  /** Whether a key was checked. */
  readonly authenticated: boolean;
  /** Aborted when the client goes away, or cancels its call by a message. */
  readonly cancellation: AbortController;
  /** How the call ended, if the message was a call. */
  outcome?: Outcome;
}

/** Begins the exchange of a request. */
export function beginExchange(request: HttpRequest, authenticated: boolean): Exchange {
  const cancellation = new AbortController();
  const leave = () => {
    cancellation.abort(new DOMException("the client went away", "AbortError"));
  };
  if (request.signal.aborted) {
    leave();
  } else {
    request.signal.addEventListener("abort", leave);
  }
  return { request, authenticated, cancellation };
}
