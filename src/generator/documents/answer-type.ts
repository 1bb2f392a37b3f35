import type { Field, MessageType } from "../tool-model/message-type.ts";
import type { Value, ValueType } from "../tool-model/value-type.ts";

/**
 * A message as an answer: any that a handler may give, because nothing checks
 * answers against rules by default, and clients refuse what a schema refuses.
 * Of the choices those remain that are oneofs.
 */
export function answerType(root: MessageType): MessageType {
  const known = new Map<MessageType, MessageType>();
  const unfinished: (() => void)[] = [];

  function begin(message: MessageType): MessageType {
    const fields: Field[] = [];
    const answer: MessageType = {
      ...message,
      fields,
      choices: message.desc.oneofs.map((oneof) => ({
        fields: oneof.fields.map(({ name }) => name),
        required: false,
      })),
      notes: [],
    };
    known.set(message, answer);
    unfinished.push(() => {
      for (const field of message.fields) {
        fields.push({ ...field, required: false, value: answerValue(field.value) });
      }
    });
    return answer;
  }

  function answerValue({ type }: Value): Value {
    return { type: answerValueType(type), tests: [], notes: [], zeroAllowed: false };
  }

  function answerValueType(type: ValueType): ValueType {
    switch (type.kind) {
      case "message":
        return { kind: "message", message: known.get(type.message) ?? begin(type.message) };
      case "list":
        return { kind: "list", items: answerValue(type.items) };
      case "map":
        return { kind: "map", keys: answerValue(type.keys), values: answerValue(type.values) };
      default:
        return type;
    }
  }

  const answer = begin(root);
  // Not by recursion: messages may lead back to themselves, or very deep.
  for (let finish = unfinished.pop(); finish !== undefined; finish = unfinished.pop()) {
    finish();
  }
  return answer;
}
