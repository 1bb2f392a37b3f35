import net from "node:net";

/** A connection that says exactly what it is told. */
export interface RawConnection {
  readonly socket: net.Socket;
  /** What came so far. */
  received(): string;
  /** Resolves to what came when the other side closes the connection. */
  readonly closed: Promise<string>;
  /** Resolves when what came contains a text. */
  until(text: string): Promise<void>;
}

/** Connects to a port of this machine. */
export function connect(port: number): RawConnection {
  const socket = net.connect({ port, host: "127.0.0.1" });
  let received = "";
  const waiting = new Set<() => void>();
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    for (const look of waiting) {
      look();
    }
  });
  const closed = new Promise<string>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
  });
  return {
    socket,
    received: () => received,
    closed,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (received.includes(text)) {
            waiting.delete(look);
            resolve();
          }
        };
        waiting.add(look);
        look();
        closed.then(() => reject(new Error(`closed without ${JSON.stringify(text)}: ${received}`)));
      }),
  };
}

/** A request of HTTP/1.1 as its bytes. */
export function rawPost(path: string, body: string, headers = ""): string {
  return `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}
