import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Field, MessageType } from "../../tool-model/message-type.ts";
import type { Tool } from "../../tool-model/tool-model.ts";
import { answerType } from "../answer-type.ts";
import { coze } from "../schema/dialects.ts";
import { type SchemaStyle, valueSchema, withDescription } from "../schema/value-schema.ts";
import { messageWords } from "../tool-text.ts";
import { fieldChoiceWords } from "../words/choice-words.ts";

/** Where a schema stands. */
type Place =
  /** In a request, under objects that are all required. */
  | "required"
  /** In a request, under an object that may be left out. */
  | "optional"
  /** In a list of a request, which Coze sends as it is. */
  | "element"
  | "response";

/** The body of a request. Undefined if it has no fields: Coze sends no body then. */
export function cozeRequest(message: MessageType): JsonObject | undefined {
  return message.fields.length === 0 ? undefined : objectSchema(message, "required");
}

/** The body of a response: the message, or why there is none, or that it comes later. */
export function cozeResponse({ output, asynchronous }: Tool): JsonObject {
  return {
    type: "object",
    properties: {
      ...propertiesOf(answerType(output), "response"),
      receipt: asynchronous ? receipt : undefined,
      error: failure,
    },
  };
}

function objectSchema(message: MessageType, place: Place): JsonObject {
  const required =
    place === "required" || place === "element"
      ? message.fields.filter((field) => field.required).map(({ name }) => name)
      : [];
  return {
    type: "object",
    required: required.length === 0 ? undefined : required,
    properties: propertiesOf(message, place),
  };
}

function propertiesOf(message: MessageType, place: Place): JsonObject {
  return objectOf(message.fields.map((field) => [field.name, property(message, field, place)]));
}

function property(message: MessageType, field: Field, place: Place): JsonObject {
  const style: SchemaStyle = {
    dialect: coze,
    message: (nested) => ({
      schema: objectSchema(nested, below(field, place)),
      words: [
        field.description === "" ? nested.description : "",
        place === "response" ? "" : messageWords(nested),
      ],
    }),
  };
  const { schema, words } = valueSchema(field.value, style);
  const said = place === "response" ? [] : fieldChoiceWords(message, field.name);
  return withDescription(
    {
      schema: { ...schema, example: field.examples[0] },
      words: [...words, ...said, ...stateWords(field, place)],
    },
    field.description,
  );
}

function stateWords(field: Field, place: Place): string[] {
  return [
    // Under an object that is left out, Coze would still ask for it.
    ...(field.required && place === "optional" ? ["Required."] : []),
    ...(field.deprecated ? ["Deprecated."] : []),
  ];
}

function below({ value, required }: Field, place: Place): Place {
  if (place === "response" || place === "element") {
    return place;
  }
  if (value.type.kind === "list") {
    return "element";
  }
  return place === "required" && required ? "required" : "optional";
}

/** `bot.action.v1.ActionFailure`: Coze drops what is not declared. */
const receipt: JsonObject = {
  type: "object",
  description: "Set if the action takes longer. Its result comes later; nothing else is set.",
  properties: {
    job_id: { type: "string", description: "Names the job in the result." },
    message: { type: "string", description: "What happens now." },
  },
};

const failure: JsonObject = {
  type: "object",
  description: "Why the action did not succeed. Nothing else is set then.",
  properties: {
    code: { type: "string", description: 'The kind of error, for example "invalid_argument".' },
    message: { type: "string", description: "What went wrong." },
    violations: {
      type: "array",
      description: "Every broken rule, if the request was invalid.",
      items: {
        type: "object",
        properties: {
          field: { type: "string", description: "The path of the field." },
          rule: { type: "string", description: "The id of the rule." },
          message: { type: "string", description: "What the rule asks for." },
          for_key: { type: "boolean", description: "The rule is about a key of a map." },
        },
      },
    },
  },
};
