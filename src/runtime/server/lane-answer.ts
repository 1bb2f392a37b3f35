import type { Socket } from "node:net";
import { isHeader } from "../http/response-headers.ts";
import { loadHttp } from "./http1.ts";
import type { PieceSink } from "./send-pieces.ts";

/** What says that a connection closes with the answer. */
export const closes = "connection: close\r\n";

/** What says that a connection stays open for a time, in milliseconds, in which nothing happens. */
export function staysOpen(keepAliveMs: number): string {
  return `connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(keepAliveMs / 1000)}\r\n`;
}

/**
 * A head up to what says how long the body is. Throws if a header is none that HTTP can carry.
 *
 * @param persistence what says what becomes of the connection
 */
export function answerHead(
  status: number,
  headers: readonly string[],
  persistence: string,
): string {
  let head = statusLine(status);
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? "";
    const value = headers[i + 1] ?? "";
    if (!isHeader(name, value)) {
      throw new Error(`an answer has the header ${JSON.stringify(name)}, which HTTP cannot carry`);
    }
    head += `${name}: ${value}\r\n`;
  }
  return `${head}${dateLine()}${persistence}`;
}

/** That of nearly all answers is there before `node:http` is. */
const statusLines = new Map([[200, "HTTP/1.1 200 OK\r\n"]]);

function statusLine(status: number): string {
  let line = statusLines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${loadHttp().STATUS_CODES[status] ?? "unknown"}\r\n`;
    statusLines.set(status, line);
  }
  return line;
}

let date = "";
let dateEndsAt = 0;

/** The time in whole seconds, https://www.rfc-editor.org/rfc/rfc9110#name-date. */
function dateLine(): string {
  const now = Date.now();
  if (now >= dateEndsAt || now < dateEndsAt - 1000) {
    date = `date: ${new Date(now).toUTCString()}\r\n`;
    dateEndsAt = now - (now % 1000) + 1000;
  }
  return date;
}

/** Sends pieces as chunks, https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding. */
export function chunkSink(socket: Socket): PieceSink {
  return {
    write: (piece) =>
      piece === "" || socket.write(`${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`),
    end: () => socket.write("0\r\n\r\n"),
    destroy: () => socket.destroy(),
    on: (event, listener) => socket.on(event, listener),
    off: (event, listener) => socket.off(event, listener),
  };
}
