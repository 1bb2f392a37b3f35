/**
 * botwire/connect: actions over Connect, gRPC and gRPC-Web. Needs
 * `@connectrpc/connect` and, on Node, `@connectrpc/connect-node`.
 */
export { type ActionRoutesOptions, actionRoutes } from "./runtime/connect/action-routes.ts";
export { type ConnectDoorOptions, connectDoor } from "./runtime/connect/connect-door.ts";
export {
  type AnyConnectService,
  attachConnect,
  type BinaryCodecs,
  type ConnectBinding,
  type ConnectMethod,
  type ConnectServiceContract,
} from "./runtime/connect/contract.ts";
export { fromConnectError, toConnectError } from "./runtime/connect/error.ts";
export {
  type ExecuteTransportOptions,
  executeTransport,
} from "./runtime/connect/execute-transport.ts";
export type { BinaryCodec } from "./runtime/connect/message-bridge.ts";
export { validateInterceptor } from "./runtime/connect/validate-interceptor.ts";
export { identityHeaders } from "./runtime/http/identity-headers.ts";
