import type { DescMethod, DescService, Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { ActionContract, AnyAction, AnyService } from "../action/contract.ts";
import type { ActionTransport } from "../client/transport.ts";
import {
  type BinaryCodec,
  bridgeByBytes,
  type MessageBridge,
  sameMessage,
} from "./message-bridge.ts";
import { actionTransportOf } from "./transport.ts";

/**
 * A service's contract that can cross Connect: what a `.connect.ts` file
 * exports. The plain contract of the same name, from the file without
 * `.connect`, can't.
 */
export type ConnectServiceContract<S extends AnyService> = S & AnyConnectService;

/** Any service's contract that can cross Connect. */
export interface AnyConnectService extends AnyService {
  readonly connect: ConnectBinding;
}

/** What Connect needs to know of a service. */
export interface ConnectBinding {
  /** The service as protobuf-es describes it. */
  readonly service: DescService;
  /** Its actions. Methods that are no actions are left out. */
  readonly methods: readonly ConnectMethod[];
  /** Makes a transport of Connect carry calls of this service's actions. */
  adapt(transport: Transport): ActionTransport;
}

/** An action as a method of Connect. */
export interface ConnectMethod {
  readonly action: AnyAction;
  readonly method: DescMethod;
  readonly input: MessageBridge;
  readonly output: MessageBridge;
}

/** The binary codecs of all messages that the actions of a service take and give. */
export type BinaryCodecs<S extends AnyService> = {
  readonly [K in keyof S["actions"]]: S["actions"][K] extends ActionContract<infer I, infer O>
    ? { readonly input: BinaryCodec<I>; readonly output: BinaryCodec<O> }
    : never;
};

/** All message types of a service's actions. */
type MessagesOf<S extends AnyService> = {
  [K in keyof S["actions"]]: S["actions"][K] extends ActionContract<infer I, infer O>
    ? I | O
    : never;
}[keyof S["actions"]];

/**
 * Attaches to a plain contract what it needs to cross Connect. Generated code
 * calls it; contracts whose messages are those of protobuf-es need no codecs.
 */
export function attachConnect<S extends AnyService>(
  contract: S,
  service: DescService,
  ...[codecs]: MessagesOf<S> extends Message ? [] : [codecs: BinaryCodecs<S>]
): ConnectServiceContract<S> {
  if (service.typeName !== contract.typeName) {
    throw new Error(
      `the contract of ${contract.typeName} cannot use the descriptor of ${service.typeName}: generate again`,
    );
  }
  const methods = Object.entries(contract.actions).map(([key, action]) =>
    connectMethod(service, action, codecs?.[key]),
  );
  return {
    ...contract,
    connect: { service, methods, adapt: (transport) => actionTransportOf(transport, methods) },
  };
}

function connectMethod(
  service: DescService,
  action: AnyAction,
  codecs:
    | { readonly input: BinaryCodec<unknown>; readonly output: BinaryCodec<unknown> }
    | undefined,
): ConnectMethod {
  const method = service.methods.find((candidate) => candidate.name === action.rpc);
  if (method === undefined || method.methodKind !== action.kind) {
    throw new Error(
      `${service.typeName} has no ${action.kind} method ${JSON.stringify(action.rpc)}: generate contract and descriptor from the same files`,
    );
  }
  return {
    action,
    method,
    input: codecs ? bridgeByBytes(method.input, codecs.input) : sameMessage,
    output: codecs ? bridgeByBytes(method.output, codecs.output) : sameMessage,
  };
}
