import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Choice, Field, MessageType } from "../../tool-model/message-type.ts";
import { zeroJson } from "../../tool-model/zero.ts";
import { sentences } from "../words/list-words.ts";
import type { Dialect } from "./dialect.ts";
import { jsonSchema } from "./dialects.ts";
import { type SchemaStyle, valueSchema, withDescription } from "./value-schema.ts";

/**
 * A message in JSON Schema 2020-12: its ProtoJSON with the names of the
 * .proto, as the platform doors write it. `reference` says where the schema of
 * another message is.
 */
export function messageSchema(
  message: MessageType,
  reference: (message: MessageType) => string,
  dialect: Dialect = jsonSchema,
): JsonObject {
  const style: SchemaStyle = {
    dialect,
    message: (nested) => ({ schema: { $ref: reference(nested) }, words: [] }),
  };
  const description = sentences([message.description, ...message.notes]);
  const choices = message.choices
    .filter(({ fields, required }) => fields.length > 1 || required)
    .map((choice) => choiceSchema(message, choice));
  const [only] = choices;
  return {
    title: message.name,
    description: description === "" ? undefined : description,
    deprecated: message.deprecated ? true : undefined,
    type: "object",
    required: requiredOf(message),
    properties: objectOf(message.fields.map((field) => [field.name, property(field, style)])),
    additionalProperties: false,
    ...(choices.length === 1 && only?.["oneOf"] !== undefined
      ? only
      : { allOf: choices.length === 0 ? undefined : choices }),
  };
}

/** The names of the fields that have to be there. */
function requiredOf({ fields }: MessageType): string[] | undefined {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return required.length === 0 ? undefined : required;
}

function property(field: Field, style: SchemaStyle): JsonObject {
  const { schema, words } = valueSchema(field.value, style);
  const { examples, fallback, deprecated } = field;
  const full = {
    ...schema,
    deprecated: deprecated ? true : undefined,
    default: fallback,
    examples: examples.length === 0 ? undefined : examples,
  };
  return withDescription({ schema: full, words }, field.description);
}

function choiceSchema(message: MessageType, { fields, required }: Choice): JsonObject {
  const present = message.fields
    .filter(({ name }) => fields.includes(name))
    .map(({ name, implicit, value }) => {
      const zero = implicit ? zeroJson(value.type) : undefined;
      const set = zero === undefined ? undefined : objectOf([[name, { not: { const: zero } }]]);
      return { required: [name], properties: set };
    });
  if (present.length === 1) {
    return present[0] ?? {};
  }
  return { oneOf: required ? present : [...present, { not: { anyOf: present } }] };
}
