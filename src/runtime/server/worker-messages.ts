import type { ServerAddress } from "./listen.ts";

/** What a worker tells the process that started it, and the other way round. */
export type WorkerMessage =
  | { readonly botwire: "listening"; readonly address: ServerAddress }
  | { readonly botwire: "failed"; readonly reason: string }
  | { readonly botwire: "alive" }
  | { readonly botwire: "close" };

/** Whether a message between processes is one of these: programs may send their own. */
export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === "object" && message !== null && "botwire" in message;
}

/** The variable that tells workers their port, which 0 would make another one for each. */
export const portVariable = "BOTWIRE_WORKER_PORT";
