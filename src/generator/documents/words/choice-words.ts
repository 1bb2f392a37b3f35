import type { Choice, MessageType } from "../../tool-model/message-type.ts";

/** What a group of fields asks for, in a sentence. Empty for a group of one that may be unset. */
export function choiceWords({ fields, required }: Choice): string {
  if (fields.length < 2) {
    return required ? `${fields.join("")} must be set.` : "";
  }
  return `Set ${required ? "exactly" : "at most"} one of ${fields.join(", ")}.`;
}

/** The groups that a field is in, for descriptions of that field. */
export function fieldChoiceWords(message: MessageType, field: string): string[] {
  return message.choices.filter(({ fields }) => fields.includes(field)).map(choiceWords);
}
