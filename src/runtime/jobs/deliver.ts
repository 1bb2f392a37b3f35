import { readRetryAfter } from "../http/retry-after.ts";
import type { Signer } from "../security/signer.ts";
import type { Job } from "./job.ts";

/** What became of an attempt to deliver a result. */
export type Delivery =
  | { readonly kind: "delivered" }
  /** @property retryAfterMs what the receiver asked for */
  | {
      readonly kind: "failed";
      readonly reason: string;
      readonly retryAfterMs: number | undefined;
      /** The receiver wants no more of them. */
      readonly gone: boolean;
    };

/** Posts a result once. It never rejects. */
export async function deliver(
  job: Job,
  body: string,
  url: string | URL,
  sign: Signer,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Delivery> {
  const bytes = new TextEncoder().encode(body);
  try {
    const response = await send(url, {
      method: "POST",
      headers: [["content-type", "application/json"], ...(await headersOf(job, bytes, sign))],
      body: bytes,
      // A redirect could lead anywhere, with the signed result.
      redirect: "manual",
      signal,
    });
    await response.body?.cancel();
    return response.ok ? { kind: "delivered" } : failedWith(response);
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error), retryAfterMs: undefined, gone: false };
  }
}

async function headersOf(
  { id, traceparent }: Job,
  body: Uint8Array,
  sign: Signer,
): Promise<[string, string][]> {
  const headers = (await sign(body, id)).map(([name, value]): [string, string] => [name, value]);
  return traceparent === undefined ? headers : [...headers, ["traceparent", traceparent]];
}

function failedWith({ status, headers }: Response): Delivery {
  return {
    kind: "failed",
    reason: `HTTP ${status}`,
    retryAfterMs: readRetryAfter(headers, Date.now()),
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    gone: status === 410,
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "unknown";
  }
  // What fetch says itself is no more than "fetch failed".
  return error.cause instanceof Error && error.cause.message !== ""
    ? `${error.message}: ${error.cause.message}`
    : error.message;
}
