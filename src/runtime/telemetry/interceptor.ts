import type { Interceptor } from "@connectrpc/connect";
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type TextMapGetter,
  trace,
} from "@opentelemetry/api";
import { ObservedStream } from "../action/observed-stream.ts";
import { toActionError } from "../action/to-action-error.ts";
import { beginOperation } from "./client-operation.ts";
import { lateHistogram } from "./instruments.ts";
import { attr, rpcSystem } from "./semconv.ts";
import { headersSetter } from "./traced-transport.ts";

const durations = {
  client: lateHistogram("rpc.client.call.duration", "How long RPCs took that went out"),
  server: lateHistogram("rpc.server.call.duration", "How long RPCs took that came in"),
};

const headersGetter: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/**
 * Makes spans and durations of RPCs, as an interceptor for any transport or
 * router of Connect, unary and streaming: what handlers do, and what clients
 * call, is part of the same trace. Servers of botwire that have
 * `telemetry.server` make them already.
 */
export function telemetryInterceptor(side: "client" | "server"): Interceptor {
  return (next) => async (request) => {
    const method = `${request.service.typeName}/${request.method.name}`;
    const around =
      side === "server" && trace.getSpan(context.active()) === undefined
        ? propagation.extract(ROOT_CONTEXT, request.header, headersGetter)
        : context.active();
    const operation = beginOperation({
      name: method,
      kind: side === "server" ? SpanKind.SERVER : SpanKind.CLIENT,
      attributes: {
        [attr.rpcSystem]: rpcSystem(protocolOf(request.header)),
        [attr.rpcMethod]: method,
      },
      details: side === "client" ? addressOf(request.url) : {},
      duration: durations[side],
      parent: around,
      errorType: (error) => toActionError(error).code,
    });
    if (side === "client") {
      propagation.inject(operation.context, request.header, headersSetter);
    }
    const end = (error?: unknown) => {
      const status = error === undefined ? "ok" : toActionError(error).code;
      operation.note({ [attr.rpcStatus]: status });
      operation.end(error);
    };
    try {
      const response = await operation.run(() => next(request));
      if (!response.stream) {
        end();
        return response;
      }
      const messages = response.message[Symbol.asyncIterator]();
      const part = { run: operation.run, end };
      return { ...response, message: new ObservedStream(messages, operation, part) };
    } catch (error) {
      end(error);
      throw error;
    }
  };
}

/** The protocols of gRPC tell themselves by their content type. */
function protocolOf(headers: Headers): string {
  return headers.get("content-type")?.startsWith("application/grpc") === true ? "grpc" : "connect";
}

function addressOf(url: string): Record<string, string | number> {
  const { hostname, port } = URL.parse(url) ?? {};
  return {
    ...(hostname ? { [attr.serverAddress]: hostname } : {}),
    ...(port ? { [attr.serverPort]: Number(port) } : {}),
  };
}
