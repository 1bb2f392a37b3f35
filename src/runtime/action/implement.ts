import {
  bindExtensions,
  type ContextExtensions,
  type ExtendedContext,
} from "./context-extension.ts";
import type { AnyAction, AnyService, MethodShapes, ServiceContract } from "./contract.ts";
import type { AnyHandler, Handlers } from "./handler.ts";

/** A service with its handlers: what a server is made of. */
export interface Implementation {
  readonly contract: AnyService;
  readonly actions: readonly ImplementedAction[];
}

/** An action with its handler. */
export interface ImplementedAction {
  /** The contract that the action belongs to. */
  readonly contract: AnyService;
  readonly action: AnyAction;
  readonly handler: AnyHandler;
}

/**
 * Joins a contract and its handlers. The handlers may be an object literal or
 * an instance of a class; they are called as its methods.
 *
 * What the context of these handlers has beside the usual is said by
 * `extensions`: with `{ coze: platform }` they find `platform(context)` in
 * `context.coze`, made when it is first asked for.
 *
 * Throws a `TypeError` that names every method without a handler, or an
 * extension whose name the context has already.
 */
export function implement<M extends MethodShapes, X extends object = object>(
  contract: ServiceContract<M>,
  handlers: Handlers<M, ExtendedContext<X>>,
  extensions?: ContextExtensions<X>,
): Implementation {
  const extend = bindExtensions(contract.typeName, extensions);
  const actions: ImplementedAction[] = [];
  const missing: string[] = [];
  for (const [name, action] of Object.entries<AnyAction>(contract.actions)) {
    const handler = findMethod(handlers, name);
    if (handler === undefined) {
      missing.push(JSON.stringify(name));
    } else {
      actions.push({ contract, action, handler: extend(handler.bind(handlers)) });
    }
  }
  if (missing.length > 0) {
    throw new TypeError(
      `implement(${contract.typeName}) lacks ${missing.length === 1 ? "a handler" : "handlers"} for ${missing.join(", ")}`,
    );
  }
  return Object.freeze({ contract, actions: Object.freeze(actions) });
}

/**
 * A method of an object or of its class. What every object has, such as
 * `toString`, and the class itself are no handlers.
 */
function findMethod(target: object, name: string): AnyHandler | undefined {
  for (
    let holder: unknown = target;
    isObject(holder) && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  ) {
    const isClass = name === "constructor" && holder !== target;
    if (Object.hasOwn(holder, name) && !isClass) {
      const value: unknown = Reflect.get(holder, name, target);
      return isHandler(value) ? value : undefined;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isHandler(value: unknown): value is AnyHandler {
  return typeof value === "function";
}
