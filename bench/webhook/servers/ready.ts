import type { AddressInfo, Server } from "node:net";

/** How long handlers wait before they answer, in milliseconds: the servers' only argument. */
export const waitMs = Number(process.argv[2] ?? 0);

/** Longer than by default, because ten thousand connections come at once. */
const backlog = 4096;

/** Listens on any free port of this machine, and tells whoever measures. */
export function listenAndTell(server: Server): void {
  server.listen({ port: 0, host: "127.0.0.1", backlog }, () => {
    const { port } = server.address() as AddressInfo;
    tellReady(port);
  });
}

/** Tells whoever measures that the server listens. */
export function tellReady(port: number): void {
  process.stdout.write(`READY ${port}\n`);
}
