import type { Identity } from "../action/context.ts";
import type { ActionContract } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { toJson } from "../codec/to-json.ts";
import { webCrypto } from "../http/web-crypto.ts";
import { callbackSignature } from "../security/signature-profiles.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import { createSigner } from "../security/signer.ts";
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
  /** How the door wants calls signed; `callbackSignature` if left out. */
  readonly signature?: SignatureScheme | undefined;
  /** On whose behalf is called. */
  readonly identity?: Partial<Omit<Identity, "authenticated" | "traceId" | "eventId">> | undefined;
  /**
   * The `event_id` of each call; a random one by default. Signed doors take each
   * once, so that nobody can send a call again.
   */
  readonly eventId?: (() => string) | undefined;
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

function createSender({ url, secret, identity, ...options }: WebhookTransportOptions) {
  if (secret === "") {
    throw new Error("webhookTransport: secret is empty: set it, or leave it out");
  }
  const { signature = callbackSignature, eventId = randomEventId } = options;
  const sign =
    secret === undefined
      ? undefined
      : createSigner("webhookTransport", signature, secret, webCrypto);
  const encoder = new TextEncoder();
  const who = {
    bot_id: identity?.botId,
    user_id: identity?.userId,
    conversation_id: identity?.conversationId,
    connector_id: identity?.connectorId,
    locale: identity?.locale,
    device_class: identity?.deviceClass,
  };
  return async <I, O>(
    { action, request, options: callOptions }: ClientCall<I, O>,
    accept: string,
    { signal }: CallLimits,
  ): Promise<Response> => {
    const parameters = toJson(action.input, request, { naming: "proto" });
    const envelope = { ...who, event_id: eventId(), action: action.name, parameters };
    const body = encoder.encode(JSON.stringify(envelope));
    const headers = new Headers(callOptions.headers);
    headers.set("content-type", "application/json");
    headers.set("accept", accept);
    for (const [name, value] of (await sign?.(body)) ?? []) {
      headers.set(name, value);
    }
    const response = await sent(() =>
      // Called as a function, because fetch of a browser refuses another `this`.
      (options.fetch ?? fetch)(url, { method: "POST", headers, body, signal }),
    );
    if (response.ok) {
      callOptions.onHeader?.(response.headers);
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

function randomEventId(): string {
  return crypto.randomUUID();
}
