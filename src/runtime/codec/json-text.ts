import { memberStep, type Problem, pathOf } from "./problem.ts";

const quoteCode = 34;
const colonCode = 58;

/**
 * Counts what looks like the colon after an object's key: every colon that
 * follows a quote or white space. In well-formed JSON that is at least every
 * member of an object; text inside of strings may add to it.
 */
export function countColons(text: string): number {
  let count = 0;
  let previous = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === colonCode && previous <= quoteCode) {
      count++;
    }
    previous = code;
  }
  return count;
}

/** An object or array that is open at some place of the text. */
interface Container {
  /** The keys so far; undefined in an array. */
  readonly keys: Set<string> | undefined;
  /** The key or index of the current member. */
  step: string;
  index: number;
}

/**
 * Finds keys that an object has twice, which `JSON.parse` lets pass. The text
 * must be well-formed. Takes time and memory in proportion to the text.
 */
export function findDuplicateKeys(text: string, maxProblems: number): readonly Problem[] {
  const problems: Problem[] = [];
  const open: Container[] = [];
  let expectKey = false;
  for (let i = 0; i < text.length; i++) {
    const container = open.at(-1);
    switch (text[i]) {
      case "{":
        open.push({ keys: new Set(), step: "", index: 0 });
        expectKey = true;
        break;
      case "[":
        open.push({ keys: undefined, step: "[0]", index: 0 });
        expectKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        expectKey = false;
        break;
      case ",":
        expectKey = container?.keys !== undefined;
        if (container !== undefined && !expectKey) {
          container.step = `[${++container.index}]`;
        }
        break;
      case '"': {
        const end = endOfString(text, i);
        if (expectKey && container?.keys !== undefined) {
          const key: string = JSON.parse(text.slice(i, end + 1));
          container.step = memberStep(key);
          if (container.keys.has(key)) {
            problems.push({
              path: pathOf(open.map(({ step }) => step).join("")),
              message: "duplicate key",
            });
            if (problems.length >= maxProblems) {
              return problems;
            }
          }
          container.keys.add(key);
        }
        expectKey = false;
        i = end;
        break;
      }
    }
  }
  return problems;
}

/** The index of the quote that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
  }
}

/** How many members the objects in a JSON value have, at any depth. */
export function countMembers(json: unknown): number {
  let members = 0;
  // A list of what is left to visit, because values may be nested deeper than the stack.
  const rest: unknown[] = [json];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === "object" && value !== null) {
      const children = Object.values(value);
      if (!Array.isArray(value)) {
        members += children.length;
      }
      for (const child of children) {
        if (typeof child === "object") {
          rest.push(child);
        }
      }
    }
  }
  return members;
}
