import type { Server, Socket } from "node:net";
import type { PlainHttp1 } from "./plain-http1.ts";
import type { PlainSessions } from "./sessions.ts";

/** What every HTTP/2 connection begins with, https://www.rfc-editor.org/rfc/rfc9113#preface. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** `PRI` is no method of HTTP/1.1 and reserved for this purpose; three bytes tell. */
const enough = 3;

/** Serves a connection of HTTP/1.1 from which something was read already. */
export type ServeHttp1 = PlainHttp1["serve"];

/**
 * Has a server take connections of HTTP/1.1, and those that begin with HTTP/2,
 * which clients do that know beforehand that the server speaks it.
 *
 * @param timeoutMs how long a connection may take until it is clear what it speaks
 * @param enter takes connections of HTTP/1.1 before Node's own HTTP does, to which it may give them back
 */
export function shareConnections(
  server: Server,
  http1: PlainHttp1,
  http2: PlainSessions,
  timeoutMs: number,
  enter: (socket: Socket, start: Buffer, serveHttp1: ServeHttp1) => void,
): void {
  server.on("connection", (socket: Socket) => {
    socket.setTimeout(timeoutMs);
    socket.on("timeout", giveUp);
    socket.on("end", giveUp);
    socket.on("error", onError);
    socket.on("readable", onReadable);

    let start: Buffer = Buffer.alloc(0);

    function onReadable(): void {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) {
        return;
      }
      start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      const length = Math.min(start.length, enough);
      const isPreface = start.compare(preface, 0, length, 0, length) === 0;
      if (isPreface && length < enough) {
        return;
      }
      socket.off("readable", onReadable);
      socket.off("timeout", giveUp);
      socket.off("end", giveUp);
      socket.off("error", onError);
      socket.setTimeout(0);
      if (isPreface) {
        socket.unshift(start);
        // HTTP/2 knows no half-closed connections: a client that ends its side is gone.
        socket.allowHalfOpen = false;
        http2.serve(socket);
      } else {
        enter(socket, start, http1.serve);
      }
    }

    function giveUp(): void {
      socket.destroy();
    }
  });
}

/** A connection that breaks before it said anything concerns nobody. */
function onError(): void {}
