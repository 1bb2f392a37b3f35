import type { CallerSignal } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import type { HttpRequest } from "../http/exchange.ts";
import { tooLarge } from "../http/too-large.ts";
import { Caller } from "./caller.ts";
import type { PlainRequest } from "./plain-request.ts";
import { findHeader, nameHash } from "./raw-headers.ts";
import { readTarget } from "./target.ts";

/** A plain request as doors see it, with whoever made it. */
export class LaneExchange extends Caller implements HttpRequest, HeaderReader {
  readonly method = "POST";
  readonly path: string;
  readonly query: string;
  readonly #request: PlainRequest;

  constructor(request: PlainRequest) {
    super();
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
    const { rawHeaders, nameBits } = this.#request;
    if (((nameBits >> nameHash(name)) & 1) === 0) {
      return undefined;
    }
    const at = findHeader(rawHeaders, name);
    return at === 0 ? undefined : rawHeaders[at];
  }

  body(maxBytes: number): Uint8Array {
    const { body } = this.#request;
    if (body.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return body;
  }

  /** The connection closes with the caller. */
  get gone(): boolean {
    return this.aborted;
  }
}
