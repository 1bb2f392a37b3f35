import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { loadHttp } from "./http1.ts";
import type { NodeHttpHandler } from "./node-http.ts";

/** HTTP/1.1 by Node, on connections without TLS that another server took. */
export interface PlainHttp1 {
  /** Serves a connection from which something was read already. */
  serve(connection: Socket, start: Buffer): void;
  /** Called when no connection is left. */
  close(): void;
}

/**
 * Makes what serves connections that are not for the fast lane, with the first
 * of them.
 *
 * @param onClientError answers what is no HTTP, or came too slowly
 */
export function plainHttp1(
  options: ServerOptions,
  handle: NodeHttpHandler,
  onClientError: (error: Error, connection: Duplex) => void,
): PlainHttp1 {
  let server: Server | undefined;
  const open = () => {
    const opened = loadHttp().createServer(options, handle);
    opened.on("clientError", onClientError);
    // At this event Node begins to look after slow clients.
    opened.emit("listening");
    return opened;
  };
  return {
    serve(connection, start) {
      server ??= open();
      connection.unshift(start);
      server.emit("connection", connection);
      connection.resume();
    },
    close: () => server?.close(),
  };
}
