import type { ServerResponse } from "node:http";
import type { Server, Socket } from "node:net";
import { FastLane } from "./fast-lane.ts";
import { loadHttp } from "./http1.ts";

/** The open connections of a server, and what is going on in those of HTTP/1.1. */
export interface Connections {
  /** Whether every connection closes after the answer that it waits for. */
  readonly closing: boolean;

  /** Takes note of who answers on a connection; undefined when Node's own HTTP takes over. */
  inLane(socket: Socket, lane: FastLane | undefined): void;

  /** Takes note of a response that begins. */
  responding(socket: Socket, response: ServerResponse): void;

  /**
   * Whether something that is no answer to the request that is being read would
   * end up in the answer to another.
   */
  isBusy(socket: Socket): boolean;

  /** Closes connections of HTTP/1.1: those that are idle now, the others after their answer. */
  closeIdle(): void;

  /** Cuts off everything. */
  destroyAll(): void;
}

/** Keeps track of a server's connections. */
export function trackConnections(server: Server): Connections {
  /**
   * What each connection is at: its last response, or whether it had one, or the
   * lane that knows. Responses that are over are let go, as everything of their
   * calls hangs on them.
   */
  const sockets = new Map<Socket, ServerResponse | FastLane | "new" | "idle">();
  let closing = false;
  const track = (socket: Socket) => {
    sockets.set(socket, "new");
    socket.once("close", () => sockets.delete(socket));
  };
  function forget(this: ServerResponse): void {
    const { socket } = this.req;
    if (sockets.get(socket) === this) {
      sockets.set(socket, "idle");
    }
  }
  // With TLS a connection is two sockets, one inside of the other.
  server.on("connection", track);
  server.on("secureConnection", track);

  return {
    get closing() {
      return closing;
    },

    inLane(socket, lane) {
      if (sockets.has(socket)) {
        sockets.set(socket, lane ?? "new");
      }
    },

    responding(socket, response) {
      // A closed connection may have a request left that was read before.
      if (sockets.has(socket)) {
        sockets.set(socket, response);
        response.on("close", forget);
      }
      if (closing) {
        response.setHeader("connection", "close");
      }
    },

    isBusy(socket) {
      const response = sockets.get(socket);
      if (!(response instanceof loadHttp().ServerResponse) || response.writableFinished) {
        return false;
      }
      // Without its socket it waits for the answer to an earlier request.
      return response.socket === null || response.headersSent || response.req.complete;
    },

    closeIdle() {
      closing = true;
      for (const [socket, response] of sockets) {
        if (response instanceof FastLane) {
          response.close();
        } else if (response === "new") {
          if (isSilent(socket)) {
            socket.destroySoon();
          }
        } else if (response === "idle" || response.writableFinished) {
          socket.destroySoon();
        } else if (response.headersSent) {
          response.once("close", () => socket.destroySoon());
        } else {
          response.setHeader("connection", "close");
        }
      }
    },

    destroyAll() {
      for (const socket of sockets.keys()) {
        socket.destroy();
      }
    },
  };
}

/** Whether a connection without a request so far is one that nobody uses. */
function isSilent(socket: Socket): boolean {
  return "alpnProtocol" in socket ? socket.alpnProtocol !== "h2" : socket.bytesRead === 0;
}
