import type { CallerSignal } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { HttpRequest } from "../http/exchange.ts";
import { tooLarge } from "../http/too-large.ts";
import type { PlainRequest } from "./plain-request.ts";
import { readTarget } from "./target.ts";

/**
 * A plain request as doors see it. It is also the signal that tells when the
 * caller goes away.
 */
export class LaneExchange implements HttpRequest, HeaderReader, CallerSignal {
  readonly method = "POST";
  readonly path: string;
  readonly query: string;
  readonly #request: PlainRequest;
  #gone = false;
  #listeners: (() => void)[] | undefined;

  constructor(request: PlainRequest) {
    const { path, query } = readTarget(request.target);
    this.path = path;
    this.query = query;
    this.#request = request;
  }

  get origin(): string {
    return `http://${this.get("host")}`;
  }

  get headers(): HeaderReader {
    return this;
  }

  get signal(): CallerSignal {
    return this;
  }

  get(name: string): string | undefined {
    const { rawHeaders } = this.#request;
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const given = rawHeaders[i];
      if (given?.length === name.length && (given === name || given.toLowerCase() === name)) {
        return rawHeaders[i + 1];
      }
    }
    return undefined;
  }

  body(maxBytes: number): Uint8Array {
    const { body } = this.#request;
    if (body.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return body;
  }

  /** True if the client went away before it had the whole answer. */
  get aborted(): boolean {
    return this.#gone;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Tells that the client went away. */
  abort(): void {
    this.#gone = true;
    for (const listener of [...(this.#listeners ?? [])]) {
      listener();
    }
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners ??= [];
    this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners?.indexOf(listener) ?? -1;
    if (at >= 0) {
      this.#listeners?.splice(at, 1);
    }
  }
}
