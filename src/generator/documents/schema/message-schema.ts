import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Choice, Field, MessageType } from "../../tool-model/message-type.ts";
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
  const choices = message.choices.filter(({ fields }) => fields.length > 1).map(choiceSchema);
  return {
    title: message.name,
    description: description === "" ? undefined : description,
    deprecated: message.deprecated ? true : undefined,
    type: "object",
    required: requiredOf(message),
    properties: objectOf(message.fields.map((field) => [field.name, property(field, style)])),
    additionalProperties: false,
    ...(choices.length === 1 ? choices[0] : {}),
    allOf: choices.length > 1 ? choices : undefined,
  };
}

/** The names of the fields that have to be there. */
function requiredOf({ fields, choices }: MessageType): string[] | undefined {
  const only = choices
    .filter((choice) => choice.required && choice.fields.length === 1)
    .flatMap((choice) => choice.fields);
  const required = fields
    .filter((field) => field.required || only.includes(field.name))
    .map(({ name }) => name);
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

function choiceSchema({ fields, required }: Choice): JsonObject {
  const present = fields.map((field) => ({ required: [field] }));
  return { oneOf: required ? present : [...present, { not: { anyOf: present } }] };
}
