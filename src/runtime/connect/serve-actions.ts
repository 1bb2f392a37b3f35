import type { ConnectRouter } from "@connectrpc/connect";
import { serveActionService } from "./action-service.ts";
import type { AnyConnectService } from "./contract.ts";
import { type ServeOptions, serveMethod } from "./serve-method.ts";

/** What can be told about the way actions are served. */
export interface ServedOptions {
  /** The longest that a call may take, in milliseconds. 8000 by default. Callers may allow less. */
  readonly budgetMs?: number | undefined;
  /** Whether to serve `bot.action.v1.ActionService` as well. True by default. */
  readonly envelope?: boolean | undefined;
}

/** Serves all actions of some services, each as the method of its service and by its name. */
export function serveActions(
  router: ConnectRouter,
  services: readonly AnyConnectService[],
  { budgetMs = 8000, envelope = true }: ServedOptions,
  host: Pick<ServeOptions, "pipeline" | "log">,
): void {
  if (!(budgetMs > 0)) {
    throw new Error(`budgetMs must be more than 0, not ${budgetMs}`);
  }
  const { pipeline, log } = host;
  const methods = services.flatMap((service) => service.connect.methods);
  for (const method of methods) {
    serveMethod(router, method, { pipeline, log, budgetMs });
  }
  if (envelope) {
    serveActionService(router, methods, { pipeline, log, budgetMs });
  }
}
