import type { Route } from "./call.ts";
import type { AnyAction } from "./contract.ts";
import type { ActionError } from "./error.ts";
import { rememberSecrets } from "./known-secrets.ts";
import { type ObservedCall, runPart } from "./observer.ts";
import { isPromiseLike, looked } from "./promise.ts";
import { toActionError } from "./to-action-error.ts";
import { checkRequest } from "./validate-message.ts";

/** Where the request of a call comes from: decoded and validated once, when first asked for. */
export class RequestSource {
  readonly #route: Route;
  readonly #action: AnyAction;
  readonly #observed: ObservedCall | undefined;
  #state:
    | { readonly kind: "untouched" }
    | { readonly kind: "loading"; readonly request: Promise<unknown> }
    | { readonly kind: "loaded"; readonly request: unknown }
    | { readonly kind: "failed"; readonly error: ActionError } = { kind: "untouched" };

  constructor(route: Route, action: AnyAction, observed: ObservedCall | undefined) {
    this.#route = route;
    this.#action = action;
    this.#observed = observed;
  }

  /** Whether anything of the request was read: from then on the call counts as run. */
  get touched(): boolean {
    return this.#state.kind !== "untouched";
  }

  /** The request, at once if possible. Throws, or rejects with, an `ActionError`. */
  load(): unknown {
    switch (this.#state.kind) {
      case "loaded":
      case "loading":
        return this.#state.request;
      case "failed":
        throw this.#state.error;
      case "untouched":
        return this.#observed === undefined
          ? this.#decode()
          : runPart(this.#observed, "validate", this.#action.input.typeName, () => this.#decode());
    }
  }

  /** The request as a promise, for those who ask through a context. */
  request(): Promise<unknown> {
    try {
      const request = this.load();
      return isPromiseLike(request) ? looked(Promise.resolve(request)) : Promise.resolve(request);
    } catch (error) {
      return looked(Promise.reject(error));
    }
  }

  #decode(): unknown {
    try {
      const decoded = this.#route.decode(this.#action);
      if (!isPromiseLike(decoded)) {
        return this.#accept(decoded);
      }
      const request = looked(
        Promise.resolve(decoded).then(
          (message) => this.#accept(message),
          (reason) => {
            throw this.#refuse(reason);
          },
        ),
      );
      this.#state = { kind: "loading", request };
      return request;
    } catch (reason) {
      throw this.#refuse(reason);
    }
  }

  #accept(message: unknown): unknown {
    try {
      checkRequest(this.#action, message);
    } catch (reason) {
      throw this.#refuse(reason);
    }
    rememberSecrets(this.#action.input, message);
    this.#state = { kind: "loaded", request: message };
    return message;
  }

  #refuse(reason: unknown): ActionError {
    const error = toActionError(reason);
    this.#state = { kind: "failed", error };
    return error;
  }
}
