import type { ContextKey } from "./context-key.ts";

/**
 * The attributes of a context: an immutable list, newest first, so that
 * contexts derived from each other share what they have in common.
 */
export interface Attributes {
  readonly id: symbol;
  readonly value: unknown;
  readonly older: Attributes | undefined;
}

/** The value of a key, or its default. */
export function readAttribute<T>(attributes: Attributes | undefined, key: ContextKey<T>): T {
  for (let entry = attributes; entry !== undefined; entry = entry.older) {
    if (entry.id === key.id) {
      // Only `addAttribute` makes entries, and it takes key and value of one T.
      return entry.value as T;
    }
  }
  return key.defaultValue;
}

/** The same attributes with one more, which hides an older one of the same key. */
export function addAttribute<T>(
  attributes: Attributes | undefined,
  key: ContextKey<T>,
  value: T,
): Attributes {
  return { id: key.id, value, older: attributes };
}

/** All attributes of both; where both have one of a key, the newer one counts. */
export function joinAttributes(
  newer: Attributes | undefined,
  older: Attributes | undefined,
): Attributes | undefined {
  return newer === undefined ? older : { ...newer, older: joinAttributes(newer.older, older) };
}
