import type { HeaderReader } from "../action/headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";

/** The headers of a request as Node parsed them. */
export class NodeHeaders implements HeaderReader {
  readonly #headers: NodeHttpRequest["headers"];

  constructor({ headers }: NodeHttpRequest) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    const value: unknown = this.#headers[name];
    // What is neither is what every object has, such as `constructor`.
    return typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : undefined;
  }
}
