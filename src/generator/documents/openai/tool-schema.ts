import { type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { Field, MessageType } from "../../tool-model/message-type.ts";
import { levelsBelow, nestedMessage, reachableMessages } from "../../tool-model/nested.ts";
import type { Dialect } from "../schema/dialect.ts";
import { openAiLoose, openAiStrict } from "../schema/dialects.ts";
import { type SchemaStyle, valueSchema, withDescription } from "../schema/value-schema.ts";
import { messageWords } from "../tool-text.ts";
import { fieldChoiceWords } from "../words/choice-words.ts";
import { maxDepth } from "./strict-limits.ts";

/**
 * The parameters of a function. In the strict form every property is required,
 * and one that may be left out may be null instead, which means the same to
 * the doors.
 *
 * A message that is used in one place is spelled out there. Others are
 * definitions, so that messages may contain themselves.
 */
export function parametersSchema(message: MessageType, strict: boolean): JsonObject {
  const shared = sharedMessages(message);
  const dialect = strict ? openAiStrict : openAiLoose;
  const root = objectSchema(message, dialect, shared);
  const definitions = [...shared].map(
    (nested) => [nested.typeName, definition(nested, dialect, shared)] as const,
  );
  return definitions.length === 0 ? root : { ...root, $defs: objectOf(definitions) };
}

/** Messages that several fields lead to, or that contain themselves; all of a deep structure. */
function sharedMessages(root: MessageType): ReadonlySet<MessageType> {
  const least = levelsBelow(root) > maxDepth ? 1 : 2;
  const uses = new Map<MessageType, number>();
  for (const { fields } of reachableMessages([root])) {
    for (const { value } of fields) {
      const nested = nestedMessage(value.type);
      if (nested !== undefined) {
        uses.set(nested, (uses.get(nested) ?? 0) + 1);
      }
    }
  }
  return new Set(
    [...uses].filter(([used, count]) => used === root || count >= least).map(([used]) => used),
  );
}

function definition(
  message: MessageType,
  dialect: Dialect,
  shared: ReadonlySet<MessageType>,
): JsonObject {
  const schema = objectSchema(message, dialect, shared);
  return withDescription({ schema, words: [messageWords(message)] }, message.description);
}

function objectSchema(
  message: MessageType,
  dialect: Dialect,
  shared: ReadonlySet<MessageType>,
): JsonObject {
  const strict = dialect === openAiStrict;
  const required = message.fields.filter((field) => strict || field.required);
  return {
    type: "object",
    properties: objectOf(
      message.fields.map((field) => [field.name, property(message, field, dialect, shared)]),
    ),
    required: required.map(({ name }) => name),
    additionalProperties: false,
  };
}

function property(
  message: MessageType,
  field: Field,
  dialect: Dialect,
  shared: ReadonlySet<MessageType>,
): JsonObject {
  const style: SchemaStyle = {
    dialect,
    message: (nested) =>
      shared.has(nested)
        ? { schema: { $ref: `#/$defs/${nested.typeName}` }, words: [] }
        : {
            schema: objectSchema(nested, dialect, shared),
            words: [field.description === "" ? nested.description : "", messageWords(nested)],
          },
  };
  const { schema, words } = valueSchema(field.value, style);
  const nullable = dialect === openAiStrict && !field.required;
  const examples = field.examples.map((example) => JSON.stringify(example)).join(", ");
  return withDescription(
    {
      schema: nullable ? orNull(schema) : referable(schema),
      words: [
        ...words,
        ...fieldChoiceWords(message, field.name),
        ...(examples === "" ? [] : [`For example ${examples}.`]),
        ...(field.deprecated ? ["Deprecated."] : []),
      ],
    },
    field.description,
  );
}

/** A reference has no other keywords beside it. */
function referable(schema: JsonObject): JsonObject {
  return schema["$ref"] === undefined ? schema : { anyOf: [schema] };
}

function orNull(schema: JsonObject): JsonObject {
  const { type, enum: values, ...rest } = schema;
  if (typeof type !== "string") {
    return { anyOf: [schema, { type: "null" }] };
  }
  return {
    type: type === "null" ? type : [type, "null"],
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
    ...rest,
  };
}
