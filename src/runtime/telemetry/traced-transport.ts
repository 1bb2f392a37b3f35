import { propagation, type TextMapSetter } from "@opentelemetry/api";
import { ObservedStream } from "../action/observed-stream.ts";
import type { ActionTransport, ClientCall } from "../client/transport.ts";
import { beginOperation, type ClientOperation, runOperation } from "./client-operation.ts";
import { attr } from "./semconv.ts";

/** Writes trace context into headers. */
export const headersSetter: TextMapSetter<Headers> = {
  set: (headers, name, value) => headers.set(name, value),
};

/**
 * Makes a client span of every call that a transport of botwire carries, and
 * sends the trace along. For transports of Connect there is
 * `telemetryInterceptor("client")`.
 */
export function tracedTransport(transport: ActionTransport): ActionTransport {
  return {
    callUnary(call) {
      const operation = begin(call);
      return runOperation(operation, () => transport.callUnary(withTrace(call, operation)));
    },
    callStreaming(call) {
      const operation = begin(call);
      const messages = operation.run(() => transport.callStreaming(withTrace(call, operation)));
      return new ObservedStream(messages[Symbol.asyncIterator](), operation, operation);
    },
  };
}

function begin<I, O>({ action }: ClientCall<I, O>): ClientOperation {
  return beginOperation({
    name: `call ${action.name}`,
    attributes: { [attr.action]: action.name },
  });
}

function withTrace<I, O>(call: ClientCall<I, O>, { context }: ClientOperation): ClientCall<I, O> {
  const headers = new Headers(call.options.headers);
  propagation.inject(context, headers, headersSetter);
  return { ...call, options: { ...call.options, headers } };
}
