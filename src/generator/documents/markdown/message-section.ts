import type { Field, MessageType } from "../../tool-model/message-type.ts";
import type { Value, ValueType } from "../../tool-model/value-type.ts";
import { choiceWords } from "../words/choice-words.ts";
import { commented, sentences } from "../words/list-words.ts";
import { ruleWords } from "../words/rule-words.ts";
import { enumWords, typeWords } from "../words/type-words.ts";
import { code, escapeCell, escapeText } from "./escape.ts";
import { table } from "./table.ts";

/** The fields of a message as a table, and the rules about it as a whole. */
export function messageSection(message: MessageType): string[] {
  if (message.fields.length === 0) {
    return ["No fields."];
  }
  const rules = [...message.choices.map(choiceWords), ...message.notes].filter(
    (rule) => rule !== "",
  );
  return [
    table(["Field", "Type", "Description"], message.fields.map(row)),
    ...(rules.length === 0 ? [] : [rules.map((rule) => `- ${escapeText(rule)}`).join("\n")]),
  ];
}

function row(field: Field): string[] {
  const { name, description, examples, fallback, required, deprecated, value } = field;
  const text = sentences([
    required ? "Required." : "",
    deprecated ? "Deprecated." : "",
    commented(description, valueWords(value)),
    fallback === undefined ? "" : `Default ${JSON.stringify(fallback)}.`,
    examples.length === 0
      ? ""
      : `For example ${examples.map((example) => JSON.stringify(example)).join(", ")}.`,
  ]);
  return [code(name), typeText(value.type), escapeCell(text)];
}

/** What is said of a value and of what it is made of. */
function valueWords(value: Value): string[] {
  const own = [
    ...typeWords(value.type),
    ...enumWords(value, true),
    ...ruleWords(value.type, value.tests),
    ...value.notes,
  ];
  switch (value.type.kind) {
    case "list":
      return [...own, ...labelled("Each", valueWords(value.type.items))];
    case "map":
      return [
        ...own,
        ...labelled("Names", valueWords(value.type.keys)),
        ...labelled("Values", valueWords(value.type.values)),
      ];
    default:
      return own;
  }
}

function labelled(label: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`${label}: ${sentences(words)}`];
}

/** A type as Markdown: those that are spelled out on the page are links. */
function typeText(type: ValueType): string {
  switch (type.kind) {
    case "list":
      return `list of ${typeText(type.items.type)}`;
    case "map":
      return `map to ${typeText(type.values.type)}`;
    case "message":
      return `[${escapeText(type.message.name)}](#${anchor(type.message.name)})`;
    case "enum":
      return escapeText(type.enum.name);
    default:
      return typeNames[type.kind];
  }
}

/** The anchor that GitHub makes of a heading. */
function anchor(name: string): string {
  return name.toLowerCase().replaceAll(".", "");
}

const typeNames = {
  string: "string",
  boolean: "boolean",
  bytes: "bytes",
  integer: "integer",
  long: "64-bit integer",
  number: "number",
  timestamp: "time",
  duration: "duration",
  fieldMask: "field mask",
  any: "any message",
  struct: "object",
  jsonList: "list",
  json: "JSON",
  null: "null",
} as const satisfies Partial<Record<ValueType["kind"], string>>;
