import { once } from "node:events";
import { createServer } from "node:net";
import { bindAddress } from "./bind-address.ts";
import type { Listener } from "./listener.ts";

/** Where a server is to be reached. */
export interface ListenOptions {
  /** 0 for any free port. 8080 by default. */
  readonly port?: number | undefined;
  /** The address or name to listen on; all addresses of the machine by default. */
  readonly host?: string | undefined;
}

/** Where a server is reached. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** From the same machine, for example `http://localhost:8080`. */
  readonly url: string;
}

/** Where a server listens that was not told. */
export const defaultPort = 8080;

/**
 * How many connections may wait to be accepted. Node's own 511 are fewer than
 * come at once after a network was away; systems allow no more than 4096.
 */
const backlog = 4096;

/** Opens the port. Rejects with an error that names the port and the mend. */
export async function listen(
  { server }: Listener,
  { port = defaultPort, host }: ListenOptions,
  secure: boolean,
): Promise<ServerAddress> {
  checkPort(port);
  try {
    const bound = bindAddress(host, port);
    if (bound === undefined) {
      server.listen(host === undefined ? { port, backlog } : { port, host, backlog });
    } else {
      server.listen(bound, backlog);
    }
    await once(server, "listening");
  } catch (cause) {
    throw new Error(explain(cause, port, host), { cause });
  }
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const name = nameOf(host);
  return {
    host: host ?? "",
    port: actual,
    url: `${secure ? "https" : "http"}://${name}:${actual}`,
  };
}

/** Throws if a number is no port. */
export function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${port} is no port: give an integer from 0 to 65535, 0 picks a free one`);
  }
}

/** A port of this machine that nobody has taken yet. */
export async function findFreePort(host: string | undefined): Promise<number> {
  const server = createServer();
  server.listen(host === undefined ? { port: 0 } : { port: 0, host });
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function explain(cause: unknown, port: number, host: string | undefined): string {
  const place = host === undefined ? `port ${port}` : `port ${port} of ${JSON.stringify(host)}`;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `${place} is taken: stop the program that listens there, or choose another port (0 picks a free one)`;
    case "EACCES":
      return `${place} may not be opened by this user: choose one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${JSON.stringify(host)} is no address of this machine: leave host out to listen on all of them`;
    default:
      return `${place} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** The name by which the same machine reaches an address. */
function nameOf(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") {
    return "localhost";
  }
  return host.includes(":") ? `[${host}]` : host;
}
