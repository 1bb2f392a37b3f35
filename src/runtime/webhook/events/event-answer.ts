import type { EventReply } from "../../../../generated/types/bot/coze/v1/events.ts";
import type { Failure } from "../../action/call.ts";
import { jsonAnswer } from "../../http/answers.ts";
import type { TextResponse } from "../../http/exchange.ts";
import { failureJson } from "../../http/failure-json.ts";
import { addHeaders } from "../../http/response-headers.ts";
import { retryAfterHeader, writeRetryAfter } from "../../http/retry-after.ts";
import { hasRun, statusOf } from "../../http/status.ts";
import { auditStatus } from "./audit-status.ts";

/** What is answered to most events: that they have arrived. */
export const emptyReply = "{}";

/** What is answered while a channel's audit goes on. */
export const reviewingReply = replyText({
  audit: { auditStatus: auditStatus.reviewing, reason: "" },
  shareLink: "",
});

/**
 * Writes a reply as the platform reads it. Throws if it has an audit without a
 * status, which the platform would take for a failure of the publishing.
 */
export function replyText({ audit, shareLink }: EventReply): string {
  if (audit?.auditStatus === 0) {
    throw new TypeError("the reply to an event has an audit without a status");
  }
  return JSON.stringify({
    ...(audit && { audit: { audit_status: audit.auditStatus, reason: audit.reason } }),
    ...(shareLink === "" ? {} : { share_link: shareLink }),
  });
}

/**
 * The answer to an event that was refused or that its handler failed for. Here
 * a failed handler is no 200: at any other status the platform sends the event
 * again.
 */
export function failureAnswer(failure: Failure): TextResponse {
  const { error, traceId } = failure;
  const busy = error.code === "unavailable" || error.code === "resource_exhausted";
  const status = hasRun(failure) ? (busy ? 503 : 500) : statusOf(failure);
  const headers: string[] = [];
  addHeaders(headers, failure.headers);
  addHeaders(headers, error.metadata);
  if (status === 429 || status === 503) {
    headers.push(retryAfterHeader, writeRetryAfter(error.retryAfterMs ?? 1000));
  }
  const body = JSON.stringify({ error: failureJson(error), trace_id: traceId });
  return jsonAnswer(status, body, traceId, headers);
}
