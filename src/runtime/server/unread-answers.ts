import type { ServerResponse } from "node:http";
import type { ServerHttp2Stream } from "node:http2";

/**
 * Closes the connection of a client that reads nothing of a complete answer for
 * a time, in milliseconds. Node's HTTP server would keep the answer for it forever.
 *
 * Not for TLS, which does not tell a client that reads slowly from one that does not read.
 */
export function limitReading(response: ServerResponse, timeoutMs: number): void {
  response.once("prefinish", () => {
    const { socket } = response;
    if (socket !== null && socket.writableLength > 0) {
      // A timeout that nobody listens to closes the connection.
      socket.setTimeout(timeoutMs);
      // First of all, as Node sets how long the connection may be idle then.
      response.prependOnceListener("finish", () => socket.setTimeout(0));
    }
  });
}

/** NGHTTP2_CANCEL, https://www.rfc-editor.org/rfc/rfc9113#name-error-codes. */
const cancel = 8;

/** The same for an answer over HTTP/2, of which the connection may have others. */
export function limitStreamReading(stream: ServerHttp2Stream, timeoutMs: number): void {
  stream.setTimeout(timeoutMs);
  stream.on("timeout", () => {
    // A handler may be at work for longer.
    if (stream.writableEnded) {
      stream.close(cancel);
    }
  });
}
