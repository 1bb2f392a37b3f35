import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Field, MessageType } from "../../tool-model/message-type.ts";
import { measureInlined } from "../../tool-model/nested.ts";
import { answerType } from "../answer-type.ts";
import { dify } from "../schema/dialects.ts";
import { type SchemaStyle, valueSchema, withDescription } from "../schema/value-schema.ts";
import { messageWords } from "../tool-text.ts";
import { fieldChoiceWords } from "../words/choice-words.ts";

/** How much is spelled out at most. */
const maxProperties = 5000;
const maxDepth = 20;

/** How many levels of a message that is too large, or contains itself, are spelled out. */
const levelsOfLarge = 2;

/** The body of a request. Undefined if it has no fields. */
export function difyRequest(message: MessageType): JsonObject | undefined {
  return message.fields.length === 0 ? undefined : objectSchema(message, levelsOf(message));
}

/** The body of a response: the message, or why there is none. */
export function difyResponse(message: MessageType): JsonObject {
  const error = { type: "object", description: "Why the action did not succeed." };
  return {
    type: "object",
    properties: { ...propertiesOf(answerType(message), levelsOf(message) - 1), error },
  };
}

function levelsOf(message: MessageType): number {
  const { properties, depth } = measureInlined(message);
  return properties <= maxProperties && depth <= maxDepth ? depth : levelsOfLarge;
}

/** Dify hands on what lies deep in a body as it is, so that it need not be spelled out. */
function objectSchema(message: MessageType, levels: number): JsonObject {
  if (levels === 0) {
    return { type: "object" };
  }
  const required = message.fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: "object",
    required: required.length === 0 ? undefined : required,
    properties: propertiesOf(message, levels - 1),
  };
}

function propertiesOf(message: MessageType, levels: number): JsonObject {
  return objectOf(message.fields.map((field) => [field.name, property(message, field, levels)]));
}

function property(message: MessageType, field: Field, levels: number): JsonObject {
  const style: SchemaStyle = {
    dialect: dify,
    message: (nested) => ({
      schema: objectSchema(nested, levels),
      words: [field.description === "" ? nested.description : "", messageWords(nested)],
    }),
  };
  const { schema, words } = valueSchema(field.value, style);
  return withDescription(
    {
      schema: {
        ...schema,
        deprecated: field.deprecated ? true : undefined,
        example: field.examples[0],
      },
      words: [...words, ...fieldChoiceWords(message, field.name)],
    },
    field.description,
  );
}
