import type { SignatureScheme } from "./signature-scheme.ts";

/**
 * What `callbackDoor` checks unless told otherwise: the HMAC-SHA256, in hex, of
 * `<X-Coze-Timestamp>.<body>`, the timestamp in seconds and at most 300 off.
 *
 * The separator is an assumption: nothing published says how the two are
 * joined, and a dot is what Stripe, Standard Webhooks and most others use.
 */
export const callbackSignature: SignatureScheme = {
  method: "hmac",
  algorithm: "sha256",
  parts: ["timestamp", "body"],
  separator: ".",
  headers: { signature: "x-coze-signature", timestamp: "x-coze-timestamp" },
  encoding: "hex",
  windowSeconds: 300,
};

/**
 * How Coze signs its events: the plain SHA-1, in hex, of timestamp, nonce,
 * token and body. The timestamp is that of the event, in milliseconds, so that
 * an event which is sent again may be old; it has no window for that reason.
 * See https://docs.coze.cn/dev_how_to_guides/receive_handle_callbacks.
 */
export const cozeEventSignature: SignatureScheme = {
  method: "hash",
  algorithm: "sha1",
  parts: ["timestamp", "nonce", "secret", "body"],
  headers: {
    signature: "x-coze-signature",
    timestamp: "x-coze-timestamp",
    nonce: "x-coze-nonce",
  },
  encoding: "hex",
  timestampUnit: "milliseconds",
};

/**
 * Standard Webhooks, symmetric: see
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
 */
export const standardWebhooksSignature: SignatureScheme = {
  method: "hmac",
  algorithm: "sha256",
  parts: ["id", "timestamp", "body"],
  separator: ".",
  headers: {
    signature: "webhook-signature",
    timestamp: "webhook-timestamp",
    id: "webhook-id",
  },
  prefix: "v1,",
  encoding: "base64",
  listSeparator: " ",
  windowSeconds: 300,
  secretFormat: { encoding: "base64", prefix: "whsec_" },
};

/** Slack: see https://docs.slack.dev/authentication/verifying-requests-from-slack. */
export const slackSignature: SignatureScheme = {
  method: "hmac",
  algorithm: "sha256",
  parts: [{ text: "v0" }, "timestamp", "body"],
  separator: ":",
  headers: { signature: "x-slack-signature", timestamp: "x-slack-request-timestamp" },
  prefix: "v0=",
  encoding: "hex",
  windowSeconds: 300,
};

/**
 * Feishu and Lark, events: the secret is the app's Encrypt Key. See
 * https://open.feishu.cn/document/server-docs/event-subscription-guide.
 */
export const larkSignature: SignatureScheme = {
  method: "hash",
  algorithm: "sha256",
  parts: ["timestamp", "nonce", "secret", "body"],
  headers: {
    signature: "x-lark-signature",
    timestamp: "x-lark-request-timestamp",
    nonce: "x-lark-request-nonce",
  },
  encoding: "hex",
};
