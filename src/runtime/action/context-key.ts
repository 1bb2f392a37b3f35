/**
 * Names a typed attribute of a context. Keys are told apart by identity, so two
 * keys never clash, whatever they are called.
 */
export interface ContextKey<T> {
  readonly id: symbol;
  /** What a context without the attribute answers. */
  readonly defaultValue: T;
}

/** Makes a key. The description is for people: it shows up in debuggers. */
export function createContextKey<T>(defaultValue: T, description = ""): ContextKey<T> {
  return Object.freeze({ id: Symbol(description), defaultValue });
}
