import type { Http2SecureServer, Http2Server, ServerHttp2Session, ServerOptions } from "node:http2";
import type { Socket } from "node:net";
import type { ServerLimits } from "./limits.ts";
import type { NodeHttpHandler } from "./node-http.ts";
import { limitStreamReading } from "./unread-answers.ts";

/** The sessions of HTTP/2 that a server has. */
export interface Sessions {
  /** Closes all, each as soon as its streams are finished. */
  close(): void;
}

/** Sessions without TLS: their connections come from a server of HTTP/1.1. */
export interface PlainSessions extends Sessions {
  /** Takes a connection that begins with HTTP/2. */
  serve(connection: Socket): void;
}

/**
 * Loads Node's HTTP/2, at once: connections cannot wait for an `import()`. Hardly
 * any caller of a webhook speaks it, and loading it takes a fifth of the time in
 * which a process starts.
 */
export function loadHttp2() {
  return process.getBuiltinModule("node:http2");
}

/**
 * Takes connections of HTTP/2 without TLS. What that needs is loaded with the
 * first of them.
 *
 * @param limits see {@link watchSessions}
 */
export function plainSessions(
  options: ServerOptions,
  handle: NodeHttpHandler,
  limits: SessionLimits,
): PlainSessions {
  let server: Http2Server | undefined;
  let sessions: Sessions | undefined;
  return {
    serve(connection) {
      if (server === undefined) {
        server = loadHttp2().createServer(options, handle);
        sessions = watchSessions(server, limits);
      }
      server.emit("connection", connection);
    },
    close: () => sessions?.close(),
  };
}

/** How long sessions may take, in milliseconds. */
type SessionLimits = Pick<ServerLimits, "headersTimeoutMs" | "keepAliveTimeoutMs">;

/**
 * Keeps track of a server's sessions, and closes those that take longer to begin
 * than the headers of a request may, or on which nothing happens.
 */
export function watchSessions(
  server: Http2Server | Http2SecureServer,
  { headersTimeoutMs, keepAliveTimeoutMs: idleMs }: SessionLimits,
): Sessions {
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    const slow = setTimeout(() => session.destroy(), headersTimeoutMs);
    session.once("close", () => {
      sessions.delete(session);
      clearTimeout(slow);
    });
    // Every client begins with them, https://www.rfc-editor.org/rfc/rfc9113#preface.
    session.once("remoteSettings", () => clearTimeout(slow));
    // Open streams are finished first, so that a slow answer is not idleness.
    session.setTimeout(idleMs, () => session.close());
    // What a broken client does is its own affair; the session is over anyway.
    session.on("error", () => {});
  });
  server.on("stream", (stream) => limitStreamReading(stream, idleMs));
  return {
    close() {
      for (const session of sessions) {
        session.close();
      }
    },
  };
}
