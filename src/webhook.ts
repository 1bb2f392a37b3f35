/**
 * botwire/webhook: the doors of bot platforms, JSON over HTTP. Runs on Node,
 * and everywhere that has the Fetch API.
 */
export type { EventHeader, EventReply } from "../generated/types/bot/coze/v1/events.ts";
export type { BotEntry, BotLimits, BotSecrets } from "./runtime/bots/bot-entry.ts";
export { type BotTable, type BotTableOptions, createBotTable } from "./runtime/bots/bot-table.ts";
export { type Credential, credential } from "./runtime/bots/credential.ts";
export {
  type DocumentsDoorOptions,
  documentsDoor,
  type ServedDocument,
} from "./runtime/documents/documents-door.ts";
export type { ProvenIdentity, TokenVerifier } from "./runtime/http/bearer.ts";
export type { HashName } from "./runtime/http/crypto.ts";
export type { BodyOptions } from "./runtime/http/door-options.ts";
export type { FailureJson, ViolationJson } from "./runtime/http/failure-json.ts";
export type { SecretOptions, Secrets } from "./runtime/http/secrets.ts";
export { type ToolCaller, toolCaller } from "./runtime/http/tool-identity.ts";
export {
  type MemoryReplayStoreOptions,
  memoryReplayStore,
} from "./runtime/security/memory-replay-store.ts";
export type { ReplayOptions } from "./runtime/security/replay-guard.ts";
export type {
  Claim,
  FreshClaim,
  ReplayStore,
  TakenClaim,
} from "./runtime/security/replay-store.ts";
export {
  callbackSignature,
  cozeEventSignature,
  larkSignature,
  slackSignature,
  standardWebhooksSignature,
} from "./runtime/security/signature-profiles.ts";
export type {
  SecretFormat,
  SignatureHeaders,
  SignaturePart,
  SignatureScheme,
} from "./runtime/security/signature-scheme.ts";
export { type CallbackDoorOptions, callbackDoor } from "./runtime/webhook/callback-door.ts";
export type { CozeStreamOptions } from "./runtime/webhook/coze-packets.ts";
export { auditStatus } from "./runtime/webhook/events/audit-status.ts";
export {
  type EventHandler,
  type EventHandlers,
  eventHeader,
} from "./runtime/webhook/events/event-handlers.ts";
export { type EventsDoorOptions, eventsDoor } from "./runtime/webhook/events/events-door.ts";
export type { CallReplayOptions } from "./runtime/webhook/replay-protection.ts";
export { type ToolDoorOptions, toolDoor } from "./runtime/webhook/tool-door.ts";
