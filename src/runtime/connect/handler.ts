import type { UniversalHandler, UniversalHandlerFn } from "@connectrpc/connect/protocol";
import { nodeAdapter } from "#connect-node";
import type { Logger } from "../action/logger.ts";
import type { DoorHandler } from "../http/door.ts";
import { serveFetch } from "./fetch-adapter.ts";

/** Answers requests by the handlers of a router: on Node through connect-node, elsewhere by fetch. */
export function connectHandler(handlers: readonly UniversalHandler[], log: Logger): DoorHandler {
  const byPath = new Map<string, UniversalHandlerFn>(
    handlers.map((handler) => [handler.requestPath, handler]),
  );
  const find = (path: string) => byPath.get(path) ?? notFound;
  const fetch = (request: Request) => serveFetch(find(new URL(request.url).pathname), request);
  if (nodeAdapter === undefined) {
    return { kind: "native", fetch };
  }
  const { serve } = nodeAdapter;
  return {
    kind: "native",
    fetch,
    node(request, response) {
      const handler = find(request.url?.split("?", 1)[0] ?? "");
      serve(handler, request, response).catch((error: unknown) => {
        log.error("an answer over Connect broke off", { path: request.url, error });
      });
    },
  };
}

const notFound: UniversalHandlerFn = async () => ({ status: 404 });
