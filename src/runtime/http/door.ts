import type { Logger } from "../action/logger.ts";
import type { Pipeline } from "../action/pipeline.ts";
import type { DoorCrypto } from "./crypto.ts";
import type { HttpHandler } from "./exchange.ts";

/**
 * A way into a server: a protocol or a platform. A door is a plain value; it
 * does nothing until a server that lists it opens it, and one value may be
 * listed by several servers.
 */
export interface Door {
  /** Names the door in errors, logs and metrics, for example `callback`. */
  readonly name: string;

  /**
   * Called once by each server, before it listens. Throws an error that names
   * the mend if the door cannot serve as it is configured.
   */
  open(host: DoorHost): OpenDoor;
}

/** What a server gives to its doors. */
export interface DoorHost {
  readonly pipeline: Pipeline;
  readonly log: Logger;
  readonly crypto: DoorCrypto;
  /** Whether the server wants to be sent calls. Without it, it always does. */
  readonly ready?: () => Promise<boolean>;
  /** How many processes share the server's port, each with a memory of its own. One if left out. */
  readonly workers?: number;
}

/** A door of a server that is about to listen. */
export interface OpenDoor {
  /** The paths that it answers. No other door of the server may have them. */
  readonly routes: readonly DoorRoute[];
  readonly handler: DoorHandler;
  /** What browsers of other origins may send and read, if the server allows them. */
  readonly cors?: DoorCors;
  /** Called when the server closes, after the last answer. */
  close?(): void | Promise<void>;
}

/** A path, or all paths that begin alike. */
export interface DoorRoute {
  readonly match: "exact" | "prefix";
  /** Begins with a slash; for a prefix, also ends with one. */
  readonly path: string;
  /** How people read it, for example `POST /actions/<name>`. */
  readonly label: string;
}

/**
 * How a door answers: through the one exchange that every platform has, or,
 * where a library brings its own, in the platform's own terms. A server says
 * at its start if a door lacks the handler that it needs.
 */
export type DoorHandler =
  | { readonly kind: "exchange"; readonly handle: HttpHandler }
  | {
      readonly kind: "native";
      node?(request: NodeRequest, response: NodeResponse): void;
      fetch?(request: Request): Promise<Response>;
    };

/** What CORS has to allow for a door, beside the headers that are always allowed. */
export interface DoorCors {
  readonly methods: readonly string[];
  readonly requestHeaders: readonly string[];
  readonly responseHeaders: readonly string[];
}

/**
 * The request of `node:http` or `node:http2`. Only as much of it is declared
 * as keeps types apart, so that this file needs no types of Node.
 */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersionMajor: number;
}

/** The response of `node:http` or `node:http2`. See `NodeRequest`. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
}
