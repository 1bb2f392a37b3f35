import type { HeaderReader } from "../action/headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";
import { findHeader } from "./raw-headers.ts";

/**
 * The headers of a request as Node parsed them. Those that a call needs are
 * looked up among all that came, because to make Node's object of headers takes
 * longer than to read the few of them.
 */
export class NodeHeaders implements HeaderReader {
  readonly #request: NodeHttpRequest;

  constructor(request: NodeHttpRequest) {
    this.#request = request;
  }

  get(name: string): string | undefined {
    const { rawHeaders } = this.#request;
    const at = findHeader(rawHeaders, name);
    if (at === 0) {
      return undefined;
    }
    return findHeader(rawHeaders, name, at + 1) === 0 ? rawHeaders[at] : this.#joined(name);
  }

  /** Which of several values count, or how they are joined, depends on the header. */
  #joined(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }
}
