import type { Logger } from "../action/logger.ts";
import { errorAnswer, jsonAnswer, requestTraceId } from "../http/answers.ts";
import type { Door } from "../http/door.ts";
import type { HttpRequest, HttpResponse } from "../http/exchange.ts";

/**
 * What has to be well for a server to be sent calls: resolves if it is, rejects
 * otherwise. The reason is logged, and not shown to whoever asks.
 */
export type ReadinessCheck = (signal: AbortSignal) => void | Promise<void>;

/** The checks by the names under which `/readyz` reports them. */
export type ReadinessChecks = Readonly<Record<string, ReadinessCheck>>;

/** How long a check may take, in milliseconds. */
const checkMs = 2000;

/** What probes are told of a server beside its checks. */
export interface ServerState {
  /** True from the moment that the server begins to shut down. */
  readonly draining: boolean;
}

/**
 * Answers health probes: `/livez` says whether the process runs, `/readyz`
 * whether it wants calls.
 */
export function healthDoor(checks: ReadinessChecks, state: ServerState): Door {
  return {
    name: "health",
    open: ({ log }) => ({
      routes: [
        { match: "exact", path: "/livez", label: "GET /livez" },
        { match: "exact", path: "/readyz", label: "GET /readyz" },
      ],
      handler: { kind: "exchange", handle: (request) => answer(request, checks, state, log) },
      cors: { methods: ["GET", "HEAD"], requestHeaders: [], responseHeaders: [] },
    }),
  };
}

async function answer(
  { method, path, headers }: HttpRequest,
  checks: ReadinessChecks,
  state: ServerState,
  log: Logger,
): Promise<HttpResponse> {
  const traceId = requestTraceId(headers);
  if (method !== "GET" && method !== "HEAD") {
    const message = `${path} is called by GET, not ${method}`;
    return errorAnswer(405, "unimplemented", message, traceId, ["allow", "GET, HEAD"]);
  }
  const [status, body] =
    path === "/livez" ? ([200, { status: "ok" }] as const) : await readiness(checks, state, log);
  return jsonAnswer(status, JSON.stringify(body), traceId, ["cache-control", "no-store"]);
}

/** Whether the server wants calls: every check is well, and it does not shut down. */
export async function isReady(
  checks: ReadinessChecks,
  state: ServerState,
  log: Logger,
): Promise<boolean> {
  const [status] = await readiness(checks, state, log);
  return status === 200;
}

async function readiness(
  checks: ReadinessChecks,
  state: ServerState,
  log: Logger,
): Promise<readonly [number, object]> {
  if (state.draining) {
    return [503, { status: "shutting down" }];
  }
  const results = await Promise.all(
    Object.entries(checks).map(
      async ([name, check]) => [name, await runCheck(name, check, log)] as const,
    ),
  );
  const ready = results.every(([, result]) => result === "ok");
  return [
    ready ? 200 : 503,
    { status: ready ? "ready" : "not ready", checks: Object.fromEntries(results) },
  ];
}

async function runCheck(
  name: string,
  check: ReadinessCheck,
  log: Logger,
): Promise<"ok" | "failed"> {
  const signal = AbortSignal.timeout(checkMs);
  const begun = async () => check(signal);
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      begun().then(resolve, reject);
    });
    return "ok";
  } catch (error) {
    log.warn("a readiness check failed", { check: name, error });
    return "failed";
  }
}
