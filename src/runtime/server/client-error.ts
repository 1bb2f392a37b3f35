import type { Duplex } from "node:stream";
import type { Code } from "../action/code.ts";
import { randomTraceId } from "../action/trace-id.ts";
import { errorAnswer } from "../http/answers.ts";

/**
 * Answers what is no HTTP, or came too slowly, and closes the connection:
 * after such an error nobody knows where the next request begins.
 *
 * @param busy whether an answer is on its way through the connection already
 */
export function answerClientError(error: Error, socket: Duplex, busy: boolean): void {
  if (!socket.writable || busy) {
    socket.destroy();
    return;
  }
  const { status, code, message } = describe("code" in error ? error.code : undefined);
  const answer = errorAnswer(status, code, message, randomTraceId());
  const lines = [`HTTP/1.1 ${status} ${reasons[status]}`, "connection: close"];
  for (let i = 0; i + 1 < answer.headers.length; i += 2) {
    lines.push(`${answer.headers[i]}: ${answer.headers[i + 1]}`);
  }
  lines.push(`content-length: ${Buffer.byteLength(answer.body)}`);
  socket.end(`${lines.join("\r\n")}\r\n\r\n${answer.body}`);
  socket.once("finish", () => socket.destroy());
}

interface Description {
  readonly status: keyof typeof reasons;
  readonly code: Code;
  readonly message: string;
}

/** @param code an error code of Node's HTTP parser */
function describe(code: unknown): Description {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return {
        status: 408,
        code: "deadline_exceeded",
        message: "the request did not arrive in time",
      };
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, code: "resource_exhausted", message: "the headers are too long" };
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return {
        status: 413,
        code: "resource_exhausted",
        message: "the chunk extensions are too long",
      };
    case "HPE_INVALID_EOF_STATE":
    case "ECONNRESET":
      return { status: 400, code: "invalid_argument", message: "the request is cut off" };
    default:
      return { status: 400, code: "invalid_argument", message: "the request is not valid HTTP" };
  }
}

const reasons = {
  400: "Bad Request",
  408: "Request Timeout",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
} as const;
