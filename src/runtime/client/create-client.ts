import type { ActionContract, AnyAction, AnyService } from "../action/contract.ts";
import type { Init } from "../codec/init.ts";
import type { ActionTransport, CallOptions } from "./transport.ts";

/** The actions of a service as functions. */
export type ActionClient<S extends AnyService> = {
  readonly [K in keyof S["actions"]]: S["actions"][K] extends ActionContract<
    infer I,
    infer O,
    infer Kind
  >
    ? Kind extends "unary"
      ? (request: Init<I>, options?: CallOptions) => Promise<O>
      : (request: Init<I>, options?: CallOptions) => AsyncIterable<O>
    : never;
};

/**
 * What carries the calls of a service: one of botwire's transports or, if the
 * contract comes from a `.connect.ts` file, any transport of Connect.
 */
export type TransportFor<S extends AnyService> =
  | ActionTransport
  | (S extends Adaptable<infer T> ? T : never);

/** A contract that makes transports of another library carry its calls. */
interface Adaptable<T> {
  readonly connect: { adapt(transport: T): ActionTransport };
}

/**
 * Makes a client of a service. A request may leave out fields; an answer is
 * complete. Every failure is an `ActionError`.
 */
export function createActionClient<S extends AnyService>(
  service: S,
  transport: TransportFor<S>,
): ActionClient<S> {
  const carrier = actionTransport(service, transport);
  const client: Record<string, unknown> = Object.create(null);
  for (const [key, action] of Object.entries(service.actions)) {
    client[key] = caller(action, carrier);
  }
  // Built from the very keys and kinds that the type is computed from.
  return Object.freeze(client) as ActionClient<S>;
}

function caller(action: AnyAction, carrier: ActionTransport) {
  return action.kind === "unary"
    ? async (request: unknown, options: CallOptions = {}) =>
        carrier.callUnary({ action, request: action.input.init(request), options })
    : (request: unknown, options: CallOptions = {}) =>
        carrier.callStreaming({ action, request: action.input.init(request), options });
}

function actionTransport(service: AnyService, transport: unknown): ActionTransport {
  if (isActionTransport(transport)) {
    return transport;
  }
  if (isAdaptable(service)) {
    return service.connect.adapt(transport);
  }
  throw new TypeError(
    `the contract of ${service.typeName} does not know Connect: import it from the generated file that ends in .connect.ts, or use a transport of botwire`,
  );
}

function isActionTransport(transport: unknown): transport is ActionTransport {
  return typeof transport === "object" && transport !== null && "callUnary" in transport;
}

function isAdaptable(service: AnyService): service is AnyService & Adaptable<unknown> {
  return "connect" in service;
}
