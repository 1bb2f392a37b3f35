import type { DescService } from "@bufbuild/protobuf";
import { type ConnectRouter, createConnectRouter, type Interceptor } from "@connectrpc/connect";
import { nodeAdapter } from "#connect-node";
import type { Door, DoorHost, DoorRoute } from "../http/door.ts";
import { actionErrorInterceptor } from "./action-error-interceptor.ts";
import { corsOfConnect } from "./cors.ts";
import { serveHealth } from "./grpc/health.ts";
import { serveReflection } from "./grpc/reflection.ts";
import { connectHandler } from "./handler.ts";
import { type ServedOptions, serveActions } from "./serve-actions.ts";
import { connectServices } from "./services.ts";

/** What a Connect door can be told. */
export interface ConnectDoorOptions extends ServedOptions {
  /** Interceptors of Connect, the outermost first. They run after the pipeline's middleware. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** The longest message that is read, in bytes. 4 MiB by default, as in gRPC. */
  readonly maxMessageBytes?: number | undefined;
  /** Whether to serve `grpc.health.v1.Health`. True by default. */
  readonly health?: boolean | undefined;
  /** Whether to serve server reflection, by which tools find out what there is. True by default. */
  readonly reflection?: boolean | undefined;
  /** Adds services and methods that are no actions. */
  readonly routes?: ((router: ConnectRouter) => void) | undefined;
}

/**
 * Serves every action over Connect, gRPC and gRPC-Web, as the method of its
 * service and by its name through `bot.action.v1.ActionService`.
 *
 * A server refuses to start if a contract does not know Connect.
 */
export function connectDoor(options: ConnectDoorOptions = {}): Door {
  const name = "connect";
  return {
    name,
    open(host) {
      const router = createRouter(options, host);
      const served = servedBy(router);
      return {
        routes: served.map(routeOf),
        handler: connectHandler(router.handlers, host.log),
        cors: corsOfConnect,
      };
    },
  };
}

function createRouter(options: ConnectDoorOptions, host: DoorHost): ConnectRouter {
  const services = connectServices(host.pipeline.implementations, "connect door");
  const router = createConnectRouter({
    acceptCompression: [...(nodeAdapter?.compression ?? [])],
    interceptors: [actionErrorInterceptor, ...(options.interceptors ?? [])],
    readMaxBytes: options.maxMessageBytes ?? 4 * 1024 * 1024,
  });
  // What is registered later goes first. Methods that are no actions, and that
  // no routes add, say so in each protocol's own way.
  for (const { connect } of services) {
    router.service(connect.service, {});
  }
  serveActions(router, services, options, host);
  options.routes?.(router);
  if (options.health !== false) {
    const names = new Set(servedBy(router).map(({ typeName }) => typeName));
    serveHealth(router, names, host.ready ?? (async () => true));
  }
  if (options.reflection !== false) {
    serveReflection(router, servedBy(router));
  }
  return router;
}

/** The services that a router has methods of. */
function servedBy(router: ConnectRouter): DescService[] {
  return [...new Set(router.handlers.map(({ service }) => service))];
}

function routeOf({ typeName }: DescService): DoorRoute {
  const path = `/${typeName}/`;
  return { match: "prefix", path, label: `${path}<method> (Connect, gRPC, gRPC-Web)` };
}
