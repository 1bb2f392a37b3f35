/** JSON as documents are made of: the order of members is that of the text. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** An object from names and values, whatever the names are. */
export function objectOf(members: Iterable<readonly [string, Json | undefined]>): JsonObject {
  // Own properties even for names like `__proto__`, which an assignment would not make.
  return Object.fromEntries(members);
}

/** Whether it is a list. */
export function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
