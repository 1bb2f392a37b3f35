import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  Health,
  type HealthCheckRequest,
  HealthCheckResponse_ServingStatus as Status,
} from "./gen/grpc/health/v1/health_pb.ts";

/** How often a watched status is looked at, in milliseconds. */
const watchMs = 2000;

/**
 * Serves the health service of gRPC. All services have the status of the
 * server; the empty name stands for the server itself.
 *
 * A watcher's stream ends after it was told that the server is not serving, so
 * that it does not hold up a shutdown: clients connect again, as the protocol
 * asks them to.
 *
 * See https://github.com/grpc/grpc/blob/master/doc/health-checking.md.
 */
export function serveHealth(
  router: ConnectRouter,
  serviceNames: ReadonlySet<string>,
  ready: () => Promise<boolean>,
): void {
  const known = ({ service }: HealthCheckRequest) => service === "" || serviceNames.has(service);
  const status = async () => ((await ready()) ? Status.SERVING : Status.NOT_SERVING);
  router.service(Health, {
    async check(request) {
      if (!known(request)) {
        throw new ConnectError(
          `service ${JSON.stringify(request.service)} is not known here`,
          Code.NotFound,
        );
      }
      return { status: await status() };
    },

    async *watch(request, { signal }) {
      if (!known(request)) {
        yield { status: Status.SERVICE_UNKNOWN };
        return;
      }
      let last: Status | undefined;
      while (!signal.aborted && last !== Status.NOT_SERVING) {
        const now = await status();
        if (now !== last) {
          yield { status: now };
        }
        last = now;
        await pause(watchMs, signal);
      }
    },
  });
}

/** Waits for a time, or until the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
