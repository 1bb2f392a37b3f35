import type { BoundSocket } from "node:net";

/**
 * Binds a socket to an IPv4 address, for a server to listen on. Told a host,
 * Node would look even an address up, and compile a long regular expression for
 * what it found: half as much time as botwire itself takes to start.
 *
 * Undefined where that is left to Node, which throws its errors later: for names
 * and IPv6; before Node 24.19, which cannot do this; and in processes that
 * another one started, as the workers of a cluster have no socket of their own.
 */
export function bindAddress(host: string | undefined, port: number): BoundSocket | undefined {
  // To `import` it would fail where it is missing.
  const { BoundSocket: Bound }: { BoundSocket?: typeof BoundSocket } =
    process.getBuiltinModule("node:net");
  return Bound === undefined || host === undefined || !isAddress(host) || process.channel
    ? undefined
    : new Bound({ host, port });
}

/** Whether a host is an IPv4 address, without one more regular expression to compile. */
function isAddress(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => String(Number(part) & 255) === part);
}
