import type { Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { ActionContract } from "../action/contract.ts";
import type { ActionTransport, ClientCall } from "../client/transport.ts";
import { abandonable } from "./abandonable.ts";
import type { ConnectMethod } from "./contract.ts";
import { fromConnectError } from "./error.ts";
import { isServerStreaming, isUnary } from "./method-kind.ts";

/** Carries calls of a service's actions over a transport of Connect. */
export function actionTransportOf(
  transport: Transport,
  methods: readonly ConnectMethod[],
): ActionTransport {
  const byAction = new Map(methods.map((method) => [method.action, method]));
  return {
    async callUnary(call) {
      const { method, toConnect, fromConnect } = connectCall(byAction, call);
      if (!isUnary(method)) {
        throw new TypeError(`${method.toString()} does not answer once`);
      }
      const { signal, timeoutMs, headers, onHeader, onTrailer } = call.options;
      const request = toConnect();
      try {
        const answer = await transport.unary(method, signal, timeoutMs, headers, request);
        onHeader?.(answer.header);
        onTrailer?.(answer.trailer);
        return fromConnect(answer.message);
      } catch (reason) {
        throw fromConnectError(reason);
      }
    },

    async *callStreaming(call) {
      const { method, toConnect, fromConnect } = connectCall(byAction, call);
      if (!isServerStreaming(method)) {
        throw new TypeError(`${method.toString()} does not answer with a stream`);
      }
      const { options, abandon } = abandonable(call.options);
      const { signal, timeoutMs, headers, onHeader, onTrailer } = options;
      const requests = one(toConnect());
      try {
        const answer = await transport.stream(method, signal, timeoutMs, headers, requests);
        onHeader?.(answer.header);
        for await (const message of answer.message) {
          yield fromConnect(message);
        }
        onTrailer?.(answer.trailer);
      } catch (reason) {
        throw fromConnectError(reason);
      } finally {
        abandon();
      }
    },
  };
}

function connectCall<I, O>(
  methods: ReadonlyMap<ActionContract<I, O>, ConnectMethod>,
  { action, request }: ClientCall<I, O>,
) {
  const found = methods.get(action);
  if (found === undefined) {
    throw new TypeError(`action ${action.name} is not one of this transport's service`);
  }
  const { method, input, output } = found;
  return {
    method,
    toConnect: () => input.toConnect(request),
    // The bridge belongs to the action, so what it gives is the action's output.
    fromConnect: (message: Message) => output.fromConnect(message) as O,
  };
}

async function* one<T>(message: T): AsyncGenerator<T, void, undefined> {
  yield message;
}
