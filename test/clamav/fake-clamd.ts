import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { isInfected } from "../scan/fake-scanner.ts";

/** What a fake clamd does with a command, once all of it is there. */
export type Reply = (command: string, content: Buffer, socket: Socket) => void;

/** A socket that speaks clamd's protocol. */
export interface FakeClamd {
  readonly host: string;
  readonly port: number;
  /** The contents that were sent to be scanned, without those of the checks. */
  readonly scanned: readonly Buffer[];
  /** Cuts all connections, and those that come next, as soon as something was sent. */
  drop(): void;
  /** From now on replies are these. */
  reply: Reply;
}

/** Answers as clamd does that knows the EICAR test string. */
export const asClamd: Reply = (command, content, socket) => {
  if (command === "VERSION") {
    socket.end("ClamAV 1.4.6/27000/Mon Jan  1 00:00:00 2026\0");
  } else {
    socket.end(isInfected(content) ? "stream: Test.Virus FOUND\0" : "stream: OK\0");
  }
};

/** Starts a fake on a free port. It ends with the test. */
export async function startFakeClamd(reply: Reply = asClamd): Promise<FakeClamd> {
  const scanned: Buffer[] = [];
  const sockets = new Set<Socket>();
  let dropping = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    let received = Buffer.alloc(0);
    socket.on("data", (data: Buffer) => {
      if (dropping) {
        socket.resetAndDestroy();
        return;
      }
      received = Buffer.concat([received, data]);
      const request = parse(received);
      if (request !== undefined) {
        if (request.command === "INSTREAM" && !isCanary(request.content)) {
          scanned.push(request.content);
        }
        fake.reply(request.command, request.content, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  const address = server.address();
  const fake = {
    host: "127.0.0.1",
    port: typeof address === "object" && address !== null ? address.port : 0,
    scanned,
    drop() {
      dropping = true;
    },
    reply,
  };
  return fake;
}

/** The test string on its own is what checks send. */
function isCanary(content: Buffer): boolean {
  return content.length === 68 && isInfected(content);
}

/** A command and its content; undefined until all of it is there. */
function parse(received: Buffer): { command: string; content: Buffer } | undefined {
  const end = received.indexOf(0);
  if (end < 0) {
    return undefined;
  }
  const command = received.toString("utf8", 1, end);
  if (command !== "INSTREAM") {
    return { command, content: Buffer.alloc(0) };
  }
  const chunks: Buffer[] = [];
  for (let at = end + 1; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) {
      return { command, content: Buffer.concat(chunks) };
    }
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
