/**
 * Names of OpenTelemetry's semantic conventions that are not stable yet, as
 * version 1.45 has them: https://opentelemetry.io/docs/specs/semconv/. They are
 * copied, as the package that has them asks for.
 */
export const attr = {
  rpcSystem: "rpc.system.name",
  rpcMethod: "rpc.method",
  rpcStatus: "rpc.response.status_code",
  errorType: "error.type",
  serverAddress: "server.address",
  serverPort: "server.port",
  dbSystem: "db.system.name",
  dbNamespace: "db.namespace",
  dbOperation: "db.operation.name",
  dbQueryText: "db.query.text",
  dbStatus: "db.response.status_code",
  httpMethod: "http.request.method",
  httpStatus: "http.response.status_code",
  urlFull: "url.full",
  resendCount: "http.request.resend_count",
  // botwire's own.
  door: "botwire.door",
  action: "botwire.action",
  botId: "botwire.bot.id",
  conversationId: "botwire.conversation.id",
  eventId: "botwire.event.id",
} as const;

/** The value of `rpc.system.name` by the protocol that Connect speaks. */
export function rpcSystem(protocol: string): string {
  return protocol === "connect" ? "connectrpc" : "grpc";
}

/** The doors through which RPCs come. */
export const rpcDoors: ReadonlySet<string> = new Set(["connect", "grpc", "grpc-web"]);

/** The name under which botwire makes spans, metrics and logs. */
export const scopeName = "botwire";

/** Buckets for durations in seconds, as semantic conventions advise. */
export const secondsBuckets: number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
