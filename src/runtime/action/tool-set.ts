/**
 * The actions of a service as tools for language models: plain data that the
 * generator prints into the file that ends in `.tools.ts`.
 */
export interface ToolSet {
  /** Full name of the service, for example `almanac.v1.AlmanacService`. */
  readonly service: string;
  /** By the names of their actions. */
  readonly tools: Readonly<Record<string, ToolDescription>>;
}

/** What a language model, and whoever lets it act, is told about an action. */
export interface ToolDescription {
  /** Names the tool for people, for example `Get local time`. */
  readonly title?: string;
  readonly description: string;
  /** The request message. */
  readonly input: ObjectSchema;
  /** The response message; of a streaming action, one message of the stream. */
  readonly output: ObjectSchema;
}

/**
 * The JSON Schema (2020-12) of a message whose fields have the names of the
 * .proto. References are of the form `#/$defs/<name>`.
 */
export interface ObjectSchema {
  readonly type: "object";
  readonly [keyword: string]: SchemaValue;
}

/** A value inside of a JSON Schema. */
export type SchemaValue =
  | string
  | number
  | boolean
  | null
  | readonly SchemaValue[]
  | { readonly [key: string]: SchemaValue };
