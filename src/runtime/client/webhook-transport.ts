import type { Identity } from "../action/context.ts";
import type { ActionContract } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { toJson } from "../codec/to-json.ts";
import { webCrypto } from "../http/web-crypto.ts";
import { signatureHeader, timestampHeader } from "../webhook/signature.ts";
import { type CallLimits, callLimits } from "./call-limits.ts";
import { readCallbackAnswer } from "./callback-answer.ts";
import { clientError } from "./client-error.ts";
import { readEvents } from "./event-reader.ts";
import { codeOfStatus } from "./failure.ts";
import type { ActionTransport, ClientCall } from "./transport.ts";

/** What a webhook transport can be told. */
export interface WebhookTransportOptions {
  /** Where the callback door is, for example `https://bot.example.com/coze_callback`. */
  readonly url: string | URL;
  /** Signs the calls. Left out for a door that checks nothing. */
  readonly secret?: string | undefined;
  /** On whose behalf is called. */
  readonly identity?: Partial<Omit<Identity, "authenticated" | "traceId">> | undefined;
  /** What sends the requests; the platform's own `fetch` if left out. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Calls actions through the callback door, as a bot platform does. It needs
 * neither Connect nor Node. Streams come as server-sent events.
 */
export function webhookTransport(options: WebhookTransportOptions): ActionTransport {
  const send = createSender(options);
  return {
    async callUnary(call) {
      const limits = callLimits(call.options);
      try {
        const response = await send(call, "application/json", limits);
        const text = await response.text();
        return readAnswer(call.action, text, response);
      } catch (reason) {
        throw limits.failure(reason);
      } finally {
        limits.release();
      }
    },

    async *callStreaming(call) {
      const limits = callLimits(call.options);
      try {
        const response = await send(call, "text/event-stream, application/json", limits);
        const { body } = response;
        if (body === null || !isEventStream(response)) {
          // A failure before the first message comes as an answer like any other.
          yield readAnswer(call.action, await response.text(), response);
          return;
        }
        for await (const { event, data } of readEvents(body)) {
          if (event === "done") {
            return;
          }
          yield readAnswer(call.action, data, response);
        }
        throw new ActionError("unavailable", "the stream broke off before its end");
      } catch (reason) {
        throw limits.failure(reason);
      } finally {
        limits.release();
      }
    },
  };
}

function createSender({ url, secret, identity, fetch: given }: WebhookTransportOptions) {
  if (secret === "") {
    throw new Error("webhookTransport: secret is empty: set it, or leave it out");
  }
  const hmac = secret === undefined ? undefined : webCrypto.hmac("sha256", secret);
  const encoder = new TextEncoder();
  const who = {
    bot_id: identity?.botId,
    user_id: identity?.userId,
    conversation_id: identity?.conversationId,
    connector_id: identity?.connectorId,
    event_id: identity?.eventId,
    locale: identity?.locale,
    device_class: identity?.deviceClass,
  };
  return async <I, O>(
    { action, request, options }: ClientCall<I, O>,
    accept: string,
    { signal }: CallLimits,
  ): Promise<Response> => {
    const parameters = toJson(action.input, request, { naming: "proto" });
    const body = encoder.encode(JSON.stringify({ ...who, action: action.name, parameters }));
    const headers = new Headers(options.headers);
    headers.set("content-type", "application/json");
    headers.set("accept", accept);
    if (hmac !== undefined) {
      const timestamp = String(Math.floor(Date.now() / 1000));
      headers.set(timestampHeader, timestamp);
      headers.set(signatureHeader, hex(await hmac(`${timestamp}.`, body)));
    }
    const response = await sent(() =>
      // Called as a function, because fetch of a browser refuses another `this`.
      (given ?? fetch)(url, { method: "POST", headers, body, signal }),
    );
    if (response.ok) {
      options.onHeader?.(response.headers);
    }
    return response;
  };
}

/** A request that got no answer may be tried again. */
async function sent(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (cause) {
    throw new ActionError("unavailable", "the server cannot be reached", { cause });
  }
}

function readAnswer<I, O>(action: ActionContract<I, O>, text: string, response: Response): O {
  const { status, headers } = response;
  try {
    return readCallbackAnswer(action, text, (detail) => {
      const code = status === 200 ? "internal" : codeOfStatus(status);
      return new ActionError(code, `HTTP ${status} without a callback's answer (${detail})`);
    });
  } catch (reason) {
    throw clientError(reason, undefined, headers);
  }
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") === true;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
