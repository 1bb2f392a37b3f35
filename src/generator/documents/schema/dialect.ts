/** Keywords that not every kind of schema has. */
export type Keyword =
  | "additionalProperties"
  | "allOf"
  | "anyOf"
  | "const"
  | "contentEncoding"
  | "deprecated"
  | "example"
  | "examples"
  | "exclusiveMaximum"
  | "exclusiveMinimum"
  | "format"
  | "maxItems"
  | "maxLength"
  | "maxProperties"
  | "maximum"
  | "minItems"
  | "minLength"
  | "minProperties"
  | "minimum"
  | "not"
  | "pattern"
  | "propertyNames"
  | "uniqueItems";

/** A kind of JSON Schema: what it can say, and what only its descriptions can. */
export interface Dialect {
  /** The keywords that may be used beside type, description, enum, properties, required and items. */
  readonly keywords: ReadonlySet<Keyword>;
  /** What it is a part of: OpenAPI 3.0 has no type `null`, and `exclusiveMinimum` is a flag. */
  readonly base: "json-schema" | "openapi-3.0";
  /** Whose syntax patterns have. */
  readonly patterns: "re2" | "ecma";
  /** Which values of `format` are understood; all are if it is undefined. */
  readonly formats?: ReadonlySet<string>;
  /**
   * Everything that a reader takes is valid: special numbers, and numbers of
   * enums without a name. Otherwise only what the contract names is.
   */
  readonly exact: boolean;
  /**
   * Which rules descriptions repeat: all, where models see nothing else, or
   * those that no keyword says.
   */
  readonly words: "all" | "rest";
  /** Whether descriptions tell how values are written, as models need it. */
  readonly forms: boolean;
}
