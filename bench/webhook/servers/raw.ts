import type { Cluster } from "node:cluster";
import { createServer } from "node:http";
import { listenAndTell, waitMs } from "./ready.ts";

/**
 * The least that a server of node:http can do: send the bytes back that came.
 * With the argument `cluster`, on two processes.
 */
export async function serve(): Promise<void> {
  if (process.argv[3] === "cluster") {
    // Loaded only here, because it takes time where a start is measured.
    const { default: cluster } = await import("node:cluster");
    if (cluster.isPrimary) {
      serveOnTwo(cluster);
      return;
    }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [first] = chunks;
      const body = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
      const answer = () => {
        response.writeHead(200, {
          "content-type": "application/json",
          "content-length": body.length,
        });
        response.end(body);
      };
      if (waitMs === 0) {
        answer();
      } else {
        setTimeout(answer, waitMs);
      }
    });
  });
  server.keepAliveTimeout = 65_000;
  listenAndTell(server);
}

function serveOnTwo(cluster: Cluster): void {
  let listening = 0;
  cluster.on("listening", (_, { port }) => {
    listening += 1;
    if (listening === 2) {
      process.stdout.write(`READY ${port}\n`);
    }
  });
  for (let i = 0; i < 2; i++) {
    // What workers print themselves would be too early.
    cluster.setupPrimary({ silent: true });
    cluster.fork();
  }
  process.on("SIGTERM", () => {
    for (const worker of Object.values(cluster.workers ?? {})) {
      worker?.process.kill("SIGKILL");
    }
    process.exit(0);
  });
}
