import type { HeaderReader } from "../action/headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";

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
    let found: string | undefined;
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const given = rawHeaders[i];
      if (given?.length === name.length && (given === name || given.toLowerCase() === name)) {
        if (found !== undefined) {
          return this.#joined(name);
        }
        found = rawHeaders[i + 1];
      }
    }
    return found;
  }

  /** Which of several values count, or how they are joined, depends on the header. */
  #joined(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }
}
