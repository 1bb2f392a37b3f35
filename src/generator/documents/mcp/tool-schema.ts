import { type Json, type JsonObject, objectOf } from "../../tool-model/json.ts";
import type { MessageType } from "../../tool-model/message-type.ts";
import { measureInlined, nestedMessage, reachableMessages } from "../../tool-model/nested.ts";
import { messageSchema } from "../schema/message-schema.ts";
import { spellOut } from "./spell-out.ts";

/** The most properties that a schema has when all of its messages are spelled out. */
const maxProperties = 500;

/**
 * The JSON Schema of a message that needs no other document.
 *
 * Messages are spelled out where they are used, because not every client
 * follows references. Where a message contains itself, or that gets too long,
 * they are definitions.
 */
export function toolSchema(message: MessageType): JsonObject {
  const reachable = [...reachableMessages([message])];
  const schemas = new Map(
    reachable.map((nested) => [reference(nested), messageSchema(nested, reference)]),
  );
  const { title: _, ...root } = messageSchema(message, reference);
  const { properties, circle } = measureInlined(message);
  if (circle === undefined && properties <= maxProperties) {
    return spellOut(root, schemas);
  }
  const referred = new Set(
    reachable.flatMap(({ fields }) => fields.map(({ value }) => nestedMessage(value.type))),
  );
  const definitions = reachable
    .filter((nested) => referred.has(nested))
    .map((nested): [string, Json | undefined] => [nested.typeName, schemas.get(reference(nested))]);
  return { ...root, $defs: objectOf(definitions) };
}

function reference({ typeName }: MessageType): string {
  return `#/$defs/${typeName}`;
}
