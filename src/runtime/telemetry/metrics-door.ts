import { errorAnswer, requestTraceId } from "../http/answers.ts";
import { keyCheck } from "../http/api-key.ts";
import type { Door } from "../http/door.ts";
import { checkedPath } from "../http/door-options.ts";
import type { HttpRequest, TextResponse } from "../http/exchange.ts";
import { Refusal } from "../http/refusal.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";

/** What a metrics door can be told. */
export interface MetricsDoorOptions extends SecretOptions {
  /** What scrapers send as `Authorization: Bearer <key>`. */
  readonly apiKey?: Secrets | undefined;
  /** `/metrics` by default. */
  readonly path?: string | undefined;
}

/**
 * Hands out metrics in the text format of Prometheus: `GET /metrics`.
 *
 * @param collect makes the text
 */
export function createMetricsDoor(
  collect: () => Promise<string>,
  { apiKey, unsigned, path = "/metrics" }: MetricsDoorOptions,
): Door {
  const name = "metrics";
  const checked = checkedPath(`${name} door`, path);
  return {
    name,
    open({ crypto, log }) {
      const keys = requireSecrets(`${name} door`, "apiKey", apiKey, unsigned);
      const check =
        keys.length === 0 ? undefined : keyCheck(keys, { header: "authorization" }, crypto);
      const answer = async (request: HttpRequest): Promise<TextResponse> => {
        if (request.method !== "GET" && request.method !== "HEAD") {
          const message = `${request.path} is read by GET, not ${request.method}`;
          throw new Refusal(405, message, { allow: "GET, HEAD" });
        }
        await check?.(request);
        return { status: 200, headers: ["content-type", textFormat], body: await collect() };
      };
      const handle = (request: HttpRequest) =>
        answer(request).catch((error: unknown) => {
          const traceId = requestTraceId(request.headers);
          if (!(error instanceof Refusal)) {
            log.error("metrics could not be collected", { trace_id: traceId, error });
            return errorAnswer(500, "internal", "internal error", traceId);
          }
          const more = [...error.metadata].flat();
          return errorAnswer(error.status, error.code, error.message, traceId, more);
        });
      return {
        routes: [{ match: "exact", path: checked, label: `GET ${checked}` }],
        handler: { kind: "exchange", handle },
      };
    },
  };
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const textFormat = "text/plain; version=0.0.4; charset=utf-8";
