import { connect, type Socket } from "node:net";

/** Where clamd listens. It asks nobody who they are: a socket, or a port of this machine. */
export type ClamdAddress =
  | {
      /** The path of its socket, for example `/run/clamav/clamd.ctl`. */
      readonly socket: string;
    }
  | { readonly host: string; readonly port: number };

/** clamd's longest answers name a file and a signature. */
const maxReplyBytes = 4096;

/** What is sent at once. In between, clamd may say that it has enough. */
const chunkBytes = 64 * 1024;

/**
 * Sends one command of clamd's protocol (`man clamd`, COMMANDS), with the content
 * that it is about, on a connection of its own. Resolves to the reply.
 */
export function clamdCommand(
  address: ClamdAddress,
  command: "VERSION" | "INSTREAM",
  content: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const socket = "socket" in address ? connect(address.socket) : connect(address);
    let reply = Buffer.alloc(0);
    let sending = false;
    const onAbort = () => finish(() => reject(signal.reason));
    const fail = (error: Error) => finish(() => reject(error));
    const finish = (settle: () => void) => {
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners().on("error", () => {});
      socket.destroy();
      settle();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("data", (data: Buffer) => {
      reply = Buffer.concat([reply, data]);
      const end = reply.indexOf(0);
      if (end >= 0) {
        finish(() => resolve(reply.toString("utf8", 0, end).trim()));
      } else if (reply.length > maxReplyBytes) {
        fail(new Error(`clamd answered with more than ${maxReplyBytes} bytes`));
      }
    });
    socket.on("error", (error) => {
      // What was sent may still lie unread when clamd closes: then this is reset.
      const unread = content !== undefined && isReset(error);
      fail(sending || unread ? new CutOff(error) : error);
    });
    socket.on("close", () => {
      const error = new Error("clamd closed the connection before it answered");
      fail(sending ? new CutOff(error) : error);
    });
    socket.on("connect", () => {
      socket.write(`z${command}\0`);
      if (content !== undefined) {
        sending = true;
        sendContent(socket, content, 0, () => {
          sending = false;
        });
      }
    });
  });
}

/** Chunks with their lengths before them, and one without content at the end. */
function sendContent(socket: Socket, content: Uint8Array, from: number, sent: () => void): void {
  if (socket.destroyed) {
    return;
  }
  const next = from + chunkBytes;
  const chunk = content.subarray(from, next);
  if (chunk.length > 0) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
  }
  if (next < content.length) {
    // A reply that came meanwhile is read first.
    socket.write(chunk, () => setImmediate(sendContent, socket, content, next, sent));
  } else {
    socket.write(chunk);
    socket.write(Buffer.alloc(4), (error) => error ?? sent());
  }
}

function isReset(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ECONNRESET");
}

/**
 * clamd did not want all of the content. As a rule it said why, but what it said
 * is lost if more was sent at the same time.
 */
export class CutOff extends Error {
  override readonly name = "CutOff";

  constructor(cause: Error) {
    super("clamd closed the connection before it had all of the content", { cause });
  }
}
