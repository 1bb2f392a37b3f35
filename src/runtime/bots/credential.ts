import { type Attributes, addAttribute } from "../action/attributes.ts";
import type { ContextKey } from "../action/context-key.ts";

/** Something that belongs to a bot, under the key by which handlers read it. */
export interface Credential {
  /** Adds it to the attributes of a call. */
  addTo(attributes: Attributes | undefined): Attributes;
}

/**
 * What a bot brings along for its handlers, such as the account of a platform's
 * API: they read it by `context.get(key)`. It can be anything, and is handed on
 * as it is.
 */
export function credential<T>(key: ContextKey<T>, value: NoInfer<T>): Credential {
  return Object.freeze({
    addTo: (attributes: Attributes | undefined) => addAttribute(attributes, key, value),
  });
}
