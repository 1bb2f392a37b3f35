import { setTimeout as sleep } from "node:timers/promises";
import { implement, type ServiceContract, silentLogger } from "botwire";
import { createBotServer } from "botwire/node";
import { callbackDoor } from "botwire/webhook";
import { secret } from "../secret.ts";
import { handleMessage, type MessageRequest } from "./handler.ts";
import { tellReady, waitMs } from "./ready.ts";

/** botwire's callback door. With the argument `cluster`, on two workers. */
export function serve(contract: ServiceContract): void {
  const answer = (request: unknown) => handleMessage(request as MessageRequest<unknown, unknown>);
  const bot = implement(contract, {
    handleMessage:
      waitMs === 0
        ? answer
        : async (request) => {
            await sleep(waitMs);
            return answer(request);
          },
  });
  const workers = process.argv[3] === "cluster" ? 2 : 1;
  const server = createBotServer({
    actions: [bot],
    // The callbacks have nothing by which to tell a replay, so that a store would not be asked.
    doors: [callbackDoor(workers === 1 ? { secret } : { secret, replay: false })],
    workers,
    log: silentLogger,
  });
  server.listen({ port: 0, host: "127.0.0.1" }).then(async ({ port }) => {
    // Loaded only with workers, because it takes time where a start is measured.
    if (workers === 1 || (await import("node:cluster")).default.isPrimary) {
      tellReady(port);
    }
  });
}
