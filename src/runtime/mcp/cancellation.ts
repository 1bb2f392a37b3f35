import { isRecord, type JsonRecord } from "../http/json-body.ts";

/** The header in which clients of the revisions before 2026-07-28 repeat their session's id. */
export const sessionHeader = "mcp-session-id";

/**
 * The calls in flight that a message can cancel.
 *
 * Since 2026-07-28 a client cancels by closing the request. Before, it sends
 * `notifications/cancelled` as a request of its own, which says no more than
 * the id that the client gave to its call. So the server hands each client a
 * random session id when it initializes. Nothing else depends on it: it is
 * neither stored nor asked for, and any process serves any client.
 */
export class CancellableCalls {
  readonly #calls = new Map<string, AbortController>();

  /** Notes a call, and returns what has to be called when it is over. */
  begin(session: string, id: string | number, cancellation: AbortController): () => void {
    const key = keyOf(session, id);
    this.#calls.set(key, cancellation);
    return () => {
      // A client that uses an id twice at once can cancel the later call only.
      if (this.#calls.get(key) === cancellation) {
        this.#calls.delete(key);
      }
    };
  }

  /** Cancels the call that the message is about, if it is about one. */
  observe(session: string, { method, params }: JsonRecord): void {
    if (method === "notifications/cancelled" && isRecord(params)) {
      const { requestId } = params;
      if (typeof requestId === "string" || typeof requestId === "number") {
        this.#calls
          .get(keyOf(session, requestId))
          ?.abort(new DOMException("the client cancelled the call", "AbortError"));
      }
    }
  }
}

function keyOf(session: string, id: string | number): string {
  return JSON.stringify([session, id]);
}
