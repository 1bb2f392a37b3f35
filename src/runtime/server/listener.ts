import { Server as NetServer, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TlsOptions } from "node:tls";
import { answerClientError } from "./client-error.ts";
import { trackConnections } from "./connections.ts";
import type { FastLaneOptions } from "./fast-lane.ts";
import { loadHttp } from "./http1.ts";
import { laneEntry } from "./lane-entry.ts";
import type { ServerLimits } from "./limits.ts";
import type { NodeHttpHandler, NodeHttpRequest, NodeHttpResponse } from "./node-http.ts";
import { shareConnections } from "./one-port.ts";
import { plainHttp1 } from "./plain-http1.ts";
import { loadHttp2, plainSessions, type Sessions, watchSessions } from "./sessions.ts";
import { limitReading } from "./unread-answers.ts";

/** The server of one port, whatever its clients speak. */
export interface Listener {
  readonly server: NetServer;

  /**
   * Stops listening, and lets what is in flight finish: connections close when
   * they are idle. Resolves when none is left.
   */
  close(): Promise<void>;

  /** Cuts off the connections that are left. */
  destroyConnections(): void;
}

/** How long the first callers have for their answers before `node:http` is loaded. */
const httpDelayMs = 25;

/** How many calls a client of HTTP/2 may have open at once on a connection. */
const maxConcurrentStreams = 1000;

/**
 * Makes a server that speaks HTTP/1.1 and HTTP/2, told apart by ALPN with TLS
 * and by their first bytes without.
 */
export function createListener(
  handler: NodeHttpHandler,
  limits: ServerLimits,
  tls: TlsOptions | undefined,
  fastLane: FastLaneOptions | undefined,
): Listener {
  const http1Options = {
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    // As much longer as in the fast lane, at most; one second if left out.
    keepAliveTimeoutBuffer: Math.ceil(Math.min(1000, limits.keepAliveTimeoutMs / 8)),
    maxHeaderSize: limits.maxHeaderBytes,
    // How exactly the two timeouts above are kept.
    connectionsCheckingInterval: Math.ceil(
      Math.min(4000, limits.headersTimeoutMs, limits.requestTimeoutMs) / 4,
    ),
  };
  const http2Options = {
    settings: { maxConcurrentStreams, maxHeaderListSize: limits.maxHeaderBytes },
  };

  const handle = (request: NodeHttpRequest, response: NodeHttpResponse): void => {
    if (response instanceof loadHttp().ServerResponse) {
      connections.responding(request.socket, response);
      if (tls === undefined) {
        limitReading(response, limits.keepAliveTimeoutMs);
      }
    }
    handler(request, response);
  };

  const onClientError = (error: Error, socket: Duplex): void => {
    answerClientError(error, socket, socket instanceof Socket && connections.isBusy(socket));
  };

  let server: NetServer;
  let sessions: Sessions;
  /** Has the timer that looks after slow clients. */
  let http1: { close(): void };
  if (tls === undefined) {
    // As Node's servers of HTTP are.
    server = new NetServer({ allowHalfOpen: true, noDelay: true });
    const plain1 = plainHttp1(http1Options, handle, onClientError);
    const plain2 = plainSessions(http2Options, handle, limits);
    const enter = laneEntry(limits, fastLane, () => connections);
    shareConnections(server, plain1, plain2, limits.headersTimeoutMs, enter);
    // Tracing libraries wrap it when it is loaded; the sooner, the less of the fast lane do they miss.
    server.once("listening", () => setTimeout(loadHttp, httpDelayMs).unref());
    http1 = plain1;
    sessions = plain2;
  } else {
    const handshakeTimeout = limits.headersTimeoutMs;
    const options = { handshakeTimeout, ...tls, ...http2Options, http1Options, allowHTTP1: true };
    const secure = loadHttp2().createSecureServer(options, handle);
    secure.on("clientError", onClientError);
    server = secure;
    http1 = secure;
    sessions = watchSessions(secure, limits);
  }
  if (limits.maxConnections !== undefined) {
    server.maxConnections = limits.maxConnections;
  }
  const connections = trackConnections(server);
  return {
    server,
    async close() {
      // The close() of HTTP servers destroys connections as soon as an answer
      // was written, even if the client did not receive it yet; this one does
      // nothing but stop listening.
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
      sessions.close();
      connections.closeIdle();
      await closed;
      http1.close();
    },
    destroyConnections: () => connections.destroyAll(),
  };
}
