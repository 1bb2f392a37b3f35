import type { Socket } from "node:net";
import { isHeader } from "../http/response-headers.ts";
import { http } from "./http1.ts";
import type { PieceSink } from "./send-pieces.ts";

/** What stands in the head of every answer of a connection that stays open. */
export type Persistence = { readonly keepAliveMs: number } | "close";

/** A head up to what says how long the body is. Throws if a header is none that HTTP can carry. */
export function answerHead(
  status: number,
  headers: readonly string[],
  persistence: Persistence,
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
  return persistence === "close"
    ? `${head}${dateLine()}connection: close\r\n`
    : `${head}${dateLine()}${keepAliveLines(persistence.keepAliveMs)}`;
}

const statusLines = new Map<number, string>();

function statusLine(status: number): string {
  let line = statusLines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? "unknown"}\r\n`;
    statusLines.set(status, line);
  }
  return line;
}

function keepAliveLines(keepAliveMs: number): string {
  return `connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(keepAliveMs / 1000)}\r\n`;
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
