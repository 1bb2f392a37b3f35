import { propagation } from "@opentelemetry/api";
import { beginOperation } from "./client-operation.ts";
import { lateHistogram } from "./instruments.ts";
import { attr } from "./semconv.ts";
import { headersSetter } from "./traced-transport.ts";

/** What a traced `fetch` can be told. */
export interface TracedFetchOptions {
  /** What sends the requests; the platform's own `fetch` if left out. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * What spans show of a URL, as `url.full`. Nothing if left out: paths and
   * queries of webhooks are secrets as often as not.
   */
  readonly showUrl?: ((url: URL) => string) | undefined;
}

const duration = lateHistogram("http.client.request.duration", "How long HTTP requests took");

/** Makes a `fetch` with a client span for every request, which sends the trace along. */
export function tracedFetch({ fetch: send, showUrl }: TracedFetchOptions = {}): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request?.url ?? String(input));
    const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
    const operation = beginOperation({
      name: method,
      attributes: {
        [attr.httpMethod]: method,
        [attr.serverAddress]: url.hostname,
        [attr.serverPort]: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
      },
      details: showUrl === undefined ? {} : { [attr.urlFull]: showUrl(url) },
      duration,
    });
    const headers = new Headers(init?.headers ?? request?.headers);
    propagation.inject(operation.context, headers, headersSetter);
    try {
      // Called as a function, because fetch of a browser refuses another `this`.
      const sent = operation.run(() => (send ?? fetch)(input, { ...init, headers }));
      const response = await sent;
      operation.note({ [attr.httpStatus]: response.status });
      operation.end(response.status >= 400 ? new HttpFailure(response.status) : undefined);
      return response;
    } catch (error) {
      operation.end(error);
      throw error;
    }
  };
}

/** An answer that is none: it has its status for a name. */
class HttpFailure extends Error {
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.name = String(status);
  }
}
