import { ActionError } from "../action/error.ts";
import type { CallLimits } from "../client/call-limits.ts";
import { readEvents, type ServerEvent } from "../client/event-reader.ts";
import { maxAnswerBytes, readObject, refusedAnswer, unreadable } from "./answer.ts";
import { refusal } from "./api-error.ts";
import { type ApiRequest, operationOf } from "./api-request.ts";
import { brokenOff, type ResponseReader, readJsonAnswer } from "./attempt.ts";
import { type ApiSession, withRetries } from "./call-api.ts";
import { reported } from "./report-failure.ts";

/** How long a stream may be silent, in milliseconds; the platform pings more often. */
const silenceMs = 60_000;

/** How much of a stream is kept, in bytes, to see what it is if it is none. */
const headBytes = 4096;

/** An event, and the id under which the platform's support finds the call. */
export interface ApiEvent extends ServerEvent {
  readonly logId: string;
}

/** A stream that has begun. */
interface OpenStream {
  readonly response: Response;
  readonly limits: CallLimits;
}

/**
 * Calls the platform and gives the events that it answers with, as they come.
 * Whatever ends them early is thrown; the end of the events themselves has to be
 * judged by who knows which event is the last.
 */
export async function* streamApi(
  session: ApiSession,
  request: ApiRequest,
): AsyncGenerator<ApiEvent, void, undefined> {
  const { response, limits } = await withRetries(session, request, "text/event-stream", (token) =>
    openStream(session, request, token),
  );
  const { body, watch } = watched(response, limits);
  const logId = response.headers.get("x-tt-logid") ?? "";
  let count = 0;
  try {
    for await (const event of readEvents(body)) {
      watch.size = 0;
      count++;
      yield { ...event, logId };
    }
  } catch (reason) {
    throw reported(session.log, request, brokenOff(request, reason, limits, session.signal).error);
  } finally {
    limits.release();
  }
  if (count === 0) {
    // The platform may answer a bare refusal as if it were a stream.
    const refused = refusedAnswer(response, readObject(watch.head));
    if (refused !== undefined) {
      throw reported(session.log, request, refusal(operationOf(request), refused).error);
    }
  }
}

/** The error of a stream that ended before its last event. */
export function cutOff({ log }: ApiSession, request: ApiRequest): ActionError {
  const error = new ActionError("unavailable", "the bot platform's stream broke off", {
    cause: new Error(`${operationOf(request)}: the stream ended before its last event`),
  });
  return reported(log, request, error);
}

/** The failure that an event tells of. */
export function failedEvent(
  { log }: ApiSession,
  request: ApiRequest,
  { logId }: ApiEvent,
  said: { readonly code: number; readonly message: string },
): ActionError {
  const { error } = refusal(operationOf(request), { status: 200, logId, ...said });
  return reported(log, request, error);
}

function openStream(
  { endpoint }: ApiSession,
  request: ApiRequest,
  token: string,
): ResponseReader<OpenStream> {
  return async (response, limits) => {
    const type = response.headers.get("content-type") ?? "";
    if (response.ok && !/^application\/json\b/i.test(type)) {
      limits.restart(silenceMs);
      return { kind: "answered", value: { response, limits } };
    }
    const answer = await readJsonAnswer(endpoint, request, [token])(response, limits);
    return answer.kind === "failed"
      ? answer
      : { kind: "failed", failure: { ...unstreamed, error: notAStream(request) } };
  };
}

const unstreamed = { retry: false, refusedToken: false, untouched: false };

function notAStream(request: ApiRequest): ActionError {
  return unreadable(`to ${operationOf(request)} is no stream of events`);
}

/** The body of a response, whose silence and longest event are limited. */
function watched(response: Response, limits: CallLimits) {
  const watch = { size: 0, head: "" };
  const decoder = new TextDecoder();
  const meter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      limits.restart(silenceMs);
      watch.size += chunk.byteLength;
      if (watch.size > maxAnswerBytes) {
        throw unreadable(`has an event of more than ${maxAnswerBytes} bytes`);
      }
      if (watch.head.length < headBytes) {
        watch.head += decoder.decode(chunk.subarray(0, headBytes), { stream: true });
      }
      controller.enqueue(chunk);
    },
  });
  const source = response.body ?? new Blob([]).stream();
  return { body: source.pipeThrough(meter), watch };
}
