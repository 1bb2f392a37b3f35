import type { AuditStatus } from "../../../../generated/types/bot/coze/v1/events.ts";

/**
 * How far a channel's audit has come, for `botPublished` handlers: the values of
 * `bot.coze.v1.AuditStatus`, written down once more because the generated ones
 * come with the binary codecs, which a server of webhooks does without.
 */
export const auditStatus = {
  /** The result follows later, through the platform's API. */
  reviewing: 1,
  passed: 2,
  rejected: 3,
} as const satisfies Readonly<Record<string, AuditStatus>>;
