import { isList, type Json } from "../tool-model/json.ts";

/** How long a line may be before a list is broken into lines. */
const maxLine = 100;

/**
 * Prints JSON for people: two spaces, and lists of scalars on one line where
 * they fit. Members that are undefined are left out. What is invisible, or
 * could turn the direction of the text around it, is escaped.
 */
export function printJson(json: Json): string {
  return `${print(json, "", 0)}\n`;
}

/** @param before what stands before the value in its line */
function print(json: Json, indent: string, before: number): string {
  if (isList(json)) {
    return printList(json, indent, before);
  }
  if (typeof json === "object" && json !== null) {
    const inner = `${indent}  `;
    const members = Object.entries(json).flatMap(([name, value]) => {
      if (value === undefined) {
        return [];
      }
      const head = `${inner}${printString(name)}: `;
      return [head + print(value, inner, head.length)];
    });
    const line = `{ ${members.join("").trim()} }`;
    if (members.length === 1 && !line.includes("\n") && before + line.length < maxLine) {
      return line;
    }
    return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
  }
  return printScalar(json);
}

function printList(list: readonly Json[], indent: string, before: number): string {
  const scalars = list.every((item) => typeof item !== "object" || item === null);
  if (scalars) {
    const line = `[${list.map((item) => print(item, "", 0)).join(", ")}]`;
    if (before + line.length < maxLine) {
      return line;
    }
  }
  const inner = `${indent}  `;
  const items = list.map((item) => inner + print(item, inner, inner.length));
  return `[\n${items.join(",\n")}\n${indent}]`;
}

function printScalar(json: string | number | boolean | null): string {
  return typeof json === "string" ? printString(json) : JSON.stringify(json);
}

function printString(text: string): string {
  return JSON.stringify(text).replace(
    /(?![\u200c\u200d])[\p{Cf}\p{Cc}\u2028\u2029]/gu,
    (character) =>
      Array.from({ length: character.length }, (_, i) => escapeUnit(character.charCodeAt(i))).join(
        "",
      ),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
