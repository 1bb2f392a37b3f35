import type { ActionContext, MiddlewareContext } from "./context.ts";
import type { AnyHandler } from "./handler.ts";
import { extendContext } from "./snapshot.ts";

/**
 * What the context of some handlers has beside the usual, by name: functions
 * that make it from the context.
 */
export type ContextExtensions<X extends object> = {
  readonly [K in keyof X]: (context: ActionContext) => X[K];
};

/** The context of handlers that were implemented with extensions. */
export type ExtendedContext<X extends object> = keyof X extends never
  ? ActionContext
  : ActionContext & Readonly<X>;

/** What every context has, so that no extension can take its place. */
const taken: Readonly<Record<keyof MiddlewareContext, true>> = {
  action: true,
  authenticated: true,
  botId: true,
  connectorId: true,
  conversationId: true,
  deadline: true,
  deviceClass: true,
  door: true,
  eventId: true,
  get: true,
  headers: true,
  locale: true,
  log: true,
  onLateResponse: true,
  request: true,
  responseHeaders: true,
  signal: true,
  stage: true,
  traceId: true,
  userId: true,
  with: true,
  withIdentity: true,
};

/**
 * Gives a function that makes handlers see extended contexts. An extension is
 * made when it is first asked for, once in a call.
 *
 * @param service the service's name in errors
 */
export function bindExtensions(
  service: string,
  extensions: object = {},
): (handler: AnyHandler) => AnyHandler {
  const list = Object.entries<(context: ActionContext) => unknown>({ ...extensions });
  for (const [name] of list) {
    if (Object.hasOwn(taken, name) || name === "constructor" || name === "__proto__") {
      throw new TypeError(
        `implement(${service}): the context has ${JSON.stringify(name)} already: give the extension another name`,
      );
    }
  }
  if (list.length === 0) {
    return (handler) => handler;
  }
  return (handler) => (request, context) => {
    const members: PropertyDescriptorMap = {};
    for (const [name, make] of list) {
      members[name] = { get: once(() => make(context)), enumerable: true };
    }
    return handler(request, extendContext(context, Object.defineProperties({}, members)));
  };
}

/** A function that makes its value when it is first called. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
