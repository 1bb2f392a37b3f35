import type { MiddlewareContext } from "./context.ts";
import { type Chain, composeMiddleware, type Middleware } from "./middleware.ts";

/** A place in a chain: what is `null`, `undefined` or `false` is left out. */
export type MaybeMiddleware = Middleware | null | undefined | false;

/**
 * A middleware that is made of others, chosen for each call:
 *
 * ```ts
 * buildMiddlewareChain((context) => [
 *   context.deviceClass === "mobile" ? compact : null,
 *   audit,
 * ]);
 * ```
 *
 * The first is the outermost. What is composed once is kept for all calls that
 * choose the same functions, so make them outside of the builder; those that
 * are made inside of it work, too, and are forgotten after the call.
 */
export function buildMiddlewareChain(
  build: (context: MiddlewareContext) => readonly MaybeMiddleware[],
): Middleware {
  const root = new Shape([]);
  return (context, next) => {
    let shape = root;
    for (const middleware of build(context)) {
      if (middleware) {
        shape = shape.followedBy(middleware);
      }
    }
    return shape.chain(context, next);
  };
}

/** A list of functions, as a node in a tree of all lists that were asked for. */
class Shape {
  readonly #list: readonly Middleware[];
  /** Weak, so that functions that are made anew for each call don't pile up. */
  readonly #longer = new WeakMap<Middleware, Shape>();
  #chain: Chain | undefined;

  constructor(list: readonly Middleware[]) {
    this.#list = list;
  }

  get chain(): Chain {
    this.#chain ??= composeMiddleware(this.#list);
    return this.#chain;
  }

  followedBy(middleware: Middleware): Shape {
    let shape = this.#longer.get(middleware);
    if (shape === undefined) {
      shape = new Shape([...this.#list, middleware]);
      this.#longer.set(middleware, shape);
    }
    return shape;
  }
}
