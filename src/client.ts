/**
 * botwire/client: typed clients of actions. Runs on Node, Deno, Bun, browsers
 * and edge workers, and needs no other package. For Connect's transports, and
 * for `executeTransport`, see `botwire/connect`.
 */
export { ActionError, type ErrorDetail, type FieldViolation } from "./runtime/action/error.ts";
export { traceIdOf } from "./runtime/client/client-error.ts";
export {
  type ActionClient,
  createActionClient,
  type TransportFor,
} from "./runtime/client/create-client.ts";
export { type MemoryTransportOptions, memoryTransport } from "./runtime/client/memory-transport.ts";
export type { ActionTransport, CallOptions, ClientCall } from "./runtime/client/transport.ts";
export {
  type WebhookTransportOptions,
  webhookTransport,
} from "./runtime/client/webhook-transport.ts";
