import { addAttribute } from "../action/attributes.ts";
import { messageContent } from "../action/message-content.ts";
import { isPromiseLike } from "../action/promise.ts";
import { fromJson } from "../codec/from-json.ts";
import type { Door } from "../http/door.ts";
import {
  type BodyOptions,
  checkedLimit,
  checkedPath,
  defaultMaxBodyBytes,
  defaultMaxDepth,
} from "../http/door-options.ts";
import { failureJson } from "../http/failure-json.ts";
import { parseJsonObject } from "../http/json-body.ts";
import { requireJson } from "../http/media-type.ts";
import { requirePost } from "../http/method.ts";
import { requireSecrets, type SecretOptions, type Secrets } from "../http/secrets.ts";
import { signatureCheck } from "../security/signature-check.ts";
import { callbackSignature } from "../security/signature-profiles.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import { openEnvelope } from "./callback-envelope.ts";
import { type AnswerFormat, platformHandler } from "./platform-door.ts";
import { type CallReplayOptions, replayProtection } from "./replay-protection.ts";

/** What a callback door can be told. */
export interface CallbackDoorOptions extends BodyOptions, SecretOptions {
  /** What signs the callbacks. */
  readonly secret?: Secrets | undefined;
  /** How they are signed; `callbackSignature` if left out. */
  readonly signature?: SignatureScheme | undefined;
  /**
   * How signed callbacks that came before are refused: by the nonce or id that
   * the scheme has, else by their `event_id`. In memory by default; false lets
   * them pass.
   */
  readonly replay?: CallReplayOptions | false | undefined;
  /** `/coze_callback` by default. */
  readonly path?: string | undefined;
  /** The longest that a call may take, in milliseconds. 2800 by default: the platform waits 3 s. */
  readonly budgetMs?: number | undefined;
}

/**
 * The webhook: `POST /coze_callback` takes a `bot.coze.v1.CallbackRequest` and
 * answers a `bot.coze.v1.CallbackResponse`, both in JSON.
 */
export function callbackDoor(options: CallbackDoorOptions): Door {
  const name = "callback";
  const path = checkedPath(`${name} door`, options.path ?? "/coze_callback");
  const budgetMs = checkedLimit(`${name} door`, "budgetMs", options.budgetMs ?? 2800);
  const { maxBodyBytes = defaultMaxBodyBytes, maxDepth = defaultMaxDepth } = options;
  const { signature = callbackSignature, replay = {} } = options;
  return {
    name,
    open(host) {
      const keys = requireSecrets(`${name} door`, "secret", options.secret, options.unsigned);
      const check =
        keys.length === 0
          ? undefined
          : signatureCheck(`${name} door`, signature, keys, host.crypto);
      const protection =
        check === undefined || replay === false
          ? undefined
          : replayProtection(name + path, signature, replay, host.log);
      const handle = platformHandler(
        {
          name,
          budgetMs,
          format,
          async route(request, visit) {
            requirePost(request);
            requireJson(request.headers);
            const body = await request.body(maxBodyBytes);
            // Waiting for what is there already takes as long as a check by itself.
            const checked = check?.(request.headers, body);
            const proof = isPromiseLike(checked) ? await checked : checked;
            const { action, identity, content, parameters } = openEnvelope(
              parseJsonObject(body, maxDepth),
            );
            const admitted = proof && protection?.admit(proof, identity.eventId, visit);
            if (admitted !== undefined) {
              await admitted;
            }
            return {
              action,
              identity: { ...identity, authenticated: check !== undefined },
              attributes:
                content === "" ? undefined : addAttribute(undefined, messageContent, content),
              decode: ({ input }) => fromJson(input, parameters, { unknownFields: "refuse" }),
            };
          },
        },
        host,
      );
      return {
        routes: [{ match: "exact", path, label: `POST ${path}` }],
        handler: { kind: "exchange", handle },
        cors,
      };
    },
  };
}

const cors = { methods: ["POST"], requestHeaders: [], responseHeaders: [] };

const format: AnswerFormat = {
  success: (data, traceId) => JSON.stringify({ status: "success", data, trace_id: traceId }),
  receipt: (receipt, traceId) => JSON.stringify({ status: "accepted", receipt, trace_id: traceId }),
  failure: (error, traceId) =>
    JSON.stringify({ status: "error", error: failureJson(error), trace_id: traceId }),
};
