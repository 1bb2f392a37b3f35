/** Reads request headers by lower-case name, without building a `Headers` object. */
export interface HeaderReader {
  get(name: string): string | undefined;
}

/** Response headers that a hook may set, by lower-case name. */
export type HeaderWriter = Map<string, string>;
