import { redactMessage, type Secrets, visitSecretive } from "../codec/secrets.ts";
import type { MessageSchema } from "./contract.ts";

/** Messages with secrets that handlers and middleware were given, so that logs can tell them. */
const known = new WeakMap<object, Secrets>();

/** Most servers have none, and need not look for any. */
let some = false;

/** Remembers a message, and those in it, as one whose secrets no log may show. */
export function rememberSecrets({ secrets }: MessageSchema<unknown>, message: unknown): void {
  if (secrets !== undefined && typeof message === "object" && message !== null) {
    some = true;
    visitSecretive(secrets, message, (one, its) => known.set(one, its));
  }
}

/**
 * Copies a message for people to read, with marks in the places of fields that
 * the .proto calls `debug_redact`. Logs do it themselves with messages that the
 * pipeline has handed out, but not with copies of them.
 */
export function redact<T>(schema: MessageSchema<T>, message: T & object): object {
  return schema.secrets === undefined ? message : redactMessage(schema.secrets, message);
}

/** The value itself, or a copy that may be shown if it is a message with secrets. */
export function redactIfKnown(value: unknown): unknown {
  if (!some || typeof value !== "object" || value === null) {
    return value;
  }
  const secrets = known.get(value);
  return secrets === undefined ? value : redactMessage(secrets, value);
}
