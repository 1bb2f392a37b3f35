import type { Failure, Outcome, Route, Success } from "../action/call.ts";
import type { AnyAction } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { isPromiseLike } from "../action/promise.ts";
import { toJsonBetween, toJsonString } from "../codec/to-json.ts";
import type { WriteOptions } from "../codec/write-options.ts";
import { traceHeader } from "../http/answers.ts";
import type { DoorHost } from "../http/door.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/exchange.ts";
import { acceptsEventStream } from "../http/media-type.ts";
import { type ReceiptJson, receiptJson } from "../http/receipt-json.ts";
import { addHeaders } from "../http/response-headers.ts";
import { retryAfterHeader, writeRetryAfter } from "../http/retry-after.ts";
import { hasRun, statusOf } from "../http/status.ts";
import type { WholeBody } from "../http/whole-body.ts";
import { type EventFormat, eventStream } from "./event-stream.ts";
import { Visit } from "./replay-protection.ts";

/** What is different between the doors that speak JSON over HTTP. */
export interface PlatformDoor {
  readonly name: string;
  /** The longest that a call may take, in milliseconds. */
  readonly budgetMs: number;
  readonly format: AnswerFormat;
  /** How streams become packets; plain server-sent events, for who accepts them, if left out. */
  readonly packets?: PacketFormat | undefined;
  /** Reads a request as far as it takes to know what is called and by whom. */
  route(request: HttpRequest, visit: Visit): Route | PromiseLike<Route>;
}

/** How a door writes its answers. All are JSON texts. */
export interface AnswerFormat {
  /** What stands around the response message, which is in ProtoJSON with the names of the .proto. */
  around(traceId: string): readonly [before: string, after: string];
  /** The result comes later. */
  receipt(receipt: ReceiptJson, traceId: string): string;
  /** @param status the status of the answer; 200 if the action ran */
  failure(error: ActionError, traceId: string, status: number): string;
}

/** Writes streams for callers that read nothing but packets. */
export interface PacketFormat {
  stream(messages: AsyncIterable<unknown>, call: StreamedCall): AsyncIterable<string>;
  /** A stream that failed before its first message. */
  failure(error: ActionError, call: StreamedCall): string;
}

/** The call that a stream answers. */
export interface StreamedCall {
  readonly action: string;
  readonly traceId: string;
  /** A message in ProtoJSON, with the names of the .proto. */
  json(message: unknown): string;
  /** The error that a stream broke off with. */
  failure(reason: unknown): ActionError;
}

/** Serves a door's calls through the pipeline. */
export function platformHandler(door: PlatformDoor, host: DoorHost): HttpHandler {
  return (request) => {
    const visit = new Visit();
    const outcome = host.pipeline.invokeNow({
      door: door.name,
      headers: request.headers,
      budgetMs: door.budgetMs,
      signal: request.signal,
      streaming: door.packets !== undefined || acceptsEventStream(request.headers),
      receipts: true,
      route: () => door.route(request, visit),
    });
    return isPromiseLike(outcome)
      ? outcome.then((there) => end(there, visit, door, host))
      : end(outcome, visit, door, host);
  };
}

function end(outcome: Outcome, visit: Visit, door: PlatformDoor, host: DoorHost): HttpResponse {
  visit.ended(outcome.ok || hasRun(outcome));
  return answer(outcome, door, host);
}

function answer(outcome: Outcome, door: PlatformDoor, host: DoorHost): HttpResponse {
  const { format, packets } = door;
  const { action, traceId } = outcome;
  if (!outcome.ok) {
    // A caller that waits for packets reads nothing else.
    return packets !== undefined && outcome.ran && action?.kind === "server_streaming"
      ? events(outcome, packets.failure(outcome.error, streamedCall(action, traceId, host)))
      : failed(outcome, format);
  }
  const { response } = outcome;
  switch (response.kind) {
    case "stream":
      return events(outcome, eventsOf(outcome, response.messages, door, host));
    case "unary":
      return message(outcome, response.message, format, host);
    case "receipt":
      return text(outcome, format.receipt(receiptJson(response.receipt), traceId));
  }
}

function events(outcome: Outcome, body: HttpResponse["body"]): HttpResponse {
  const headers = headersOf(outcome, "text/event-stream", ["cache-control", "no-cache"]);
  return { status: 200, headers, body };
}

function eventsOf(
  { action, traceId }: Success,
  messages: AsyncIterable<unknown>,
  { format, packets }: PlatformDoor,
  host: DoorHost,
): AsyncIterable<string> {
  return packets === undefined
    ? eventStream(messages, eventFormat(action, traceId, format, host))
    : packets.stream(messages, streamedCall(action, traceId, host));
}

function message(
  outcome: Success,
  message: unknown,
  format: AnswerFormat,
  host: DoorHost,
): HttpResponse {
  const { action, traceId } = outcome;
  let body: WholeBody;
  try {
    const [before, after] = format.around(traceId);
    body = toJsonBetween(action.output, message, complete, before, after);
  } catch (error) {
    body = format.failure(unwritable(error, action, traceId, host), traceId, 200);
  }
  return text(outcome, body);
}

function text(outcome: Success, body: WholeBody): HttpResponse {
  return { status: 200, headers: headersOf(outcome, "application/json"), body };
}

function failed(failure: Failure, format: AnswerFormat): HttpResponse {
  const { error, traceId } = failure;
  const status = statusOf(failure);
  const headers = headersOf(failure, "application/json");
  addHeaders(headers, error.metadata);
  if (error.retryAfterMs !== undefined || status === 429 || status === 503) {
    headers.push(retryAfterHeader, writeRetryAfter(error.retryAfterMs ?? 1000));
  }
  return { status, headers, body: format.failure(error, traceId, status) };
}

function headersOf(
  { headers: more, traceId }: Outcome,
  type: string,
  extra: readonly string[] = [],
): string[] {
  const headers = ["content-type", type, traceHeader, traceId, ...extra];
  if (more.size > 0) {
    addHeaders(headers, more);
  }
  return headers;
}

function streamedCall(action: AnyAction, traceId: string, host: DoorHost): StreamedCall {
  return {
    action: action.name,
    traceId,
    json: (message) => messageJson(action, message),
    failure: (reason) => errorOf(reason, action, traceId, host),
  };
}

function errorOf(reason: unknown, action: AnyAction, traceId: string, host: DoorHost): ActionError {
  return reason instanceof ActionError ? reason : unwritable(reason, action, traceId, host);
}

function eventFormat(
  action: AnyAction,
  traceId: string,
  format: AnswerFormat,
  host: DoorHost,
): EventFormat {
  const [before, after] = format.around(traceId);
  return {
    message: (message) => before + messageJson(action, message) + after,
    done: () => JSON.stringify({ trace_id: traceId }),
    failure: (reason) => format.failure(errorOf(reason, action, traceId, host), traceId, 200),
  };
}

/**
 * Models read these answers, so that they are complete: a `false` that is left
 * out says nothing to a model, and platforms take an empty object for no answer.
 */
const complete: WriteOptions = { naming: "proto", alwaysEmitImplicit: true };

function messageJson(action: AnyAction, message: unknown): string {
  return toJsonString(action.output, message, complete);
}

/** The answer cannot be written as JSON, which is never the caller's fault. */
function unwritable(
  cause: unknown,
  action: AnyAction,
  traceId: string,
  { log }: DoorHost,
): ActionError {
  log.error("the response cannot be written", {
    trace_id: traceId,
    action: action.name,
    error: cause,
  });
  return new ActionError("internal", "internal error", { cause });
}
