import type { ConnectRouter } from "@connectrpc/connect";
import type { Implementation } from "../action/implement.ts";
import { createJsonLogger } from "../action/json-logger.ts";
import { createPipeline, type PipelineOptions } from "../action/pipeline.ts";
import { type ServedOptions, serveActions } from "./serve-actions.ts";
import { connectServices } from "./services.ts";

/** What can be told about actions in a router of one's own. */
export interface ActionRoutesOptions extends ServedOptions, Omit<PipelineOptions, "actions"> {}

/**
 * Serves actions in a router of one's own: the `routes` of `connectNodeAdapter`,
 * of the plugins for fastify, Express and Next.js, or of anything else that
 * takes a `ConnectRouter`.
 *
 * The router's interceptors and limits hold for the actions; its `requestGate`
 * does not, because the pipeline starts there: use a middleware instead.
 *
 * Throws an error if a contract does not know Connect.
 */
export function actionRoutes(
  implementations: readonly Implementation[],
  options: ActionRoutesOptions = {},
): (router: ConnectRouter) => void {
  const log = options.log ?? createJsonLogger();
  const pipeline = createPipeline({ ...options, log, actions: implementations });
  const services = connectServices(pipeline.implementations, "actionRoutes()");
  return (router) => serveActions(router, services, options, { pipeline, log });
}
