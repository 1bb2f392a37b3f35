/**
 * botwire/node: a server of actions for Node. It loads the doors that it is
 * given, and nothing of those that it is not.
 */
export { readDocuments } from "./runtime/documents/read-documents.ts";
export type { CorsOptions } from "./runtime/http/cors.ts";
export type {
  Door,
  DoorCors,
  DoorHandler,
  DoorHost,
  DoorRoute,
  NodeRequest,
  NodeResponse,
  OpenDoor,
} from "./runtime/http/door.ts";
export {
  type BotServer,
  type BotServerOptions,
  createBotServer,
} from "./runtime/server/create-bot-server.ts";
export type { ReadinessCheck, ReadinessChecks } from "./runtime/server/health.ts";
export type { ServerLimits } from "./runtime/server/limits.ts";
export type { ListenOptions, ServerAddress } from "./runtime/server/listen.ts";
