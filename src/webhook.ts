/**
 * botwire/webhook: the doors of bot platforms, JSON over HTTP. Runs on Node,
 * and everywhere that has the Fetch API.
 */
export { type CallbackDoorOptions, callbackDoor } from "./runtime/webhook/callback-door.ts";
export type { BodyOptions } from "./runtime/webhook/door-options.ts";
export type { FailureJson, ViolationJson } from "./runtime/webhook/failure-json.ts";
export type { SecretOptions, Secrets } from "./runtime/webhook/secrets.ts";
export { type ToolDoorOptions, toolDoor } from "./runtime/webhook/tool-door.ts";
