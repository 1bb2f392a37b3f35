import type { MessageType } from "../../tool-model/message-type.ts";
import { reachableMessages } from "../../tool-model/nested.ts";
import type { DocumentEmitter } from "../document.ts";
import { printJson } from "../print-json.ts";
import { messageSchema } from "../schema/message-schema.ts";

/**
 * JSON Schema 2020-12 of every message, each in a file of its own. Messages
 * refer to each other by the names of the files, which are their ids.
 */
export const emitJsonSchema: DocumentEmitter = ({ messages }) =>
  [...reachableMessages(messages)].map((message) => ({
    path: `json-schema/${fileName(message)}`,
    content: printJson({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: fileName(message),
      ...messageSchema(message, fileName),
    }),
  }));

function fileName({ typeName }: MessageType): string {
  return `${typeName}.schema.json`;
}
