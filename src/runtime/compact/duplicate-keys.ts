import { problem, steps } from "./context.ts";

/** Notes the keys that an object of a JSON text has twice. The text must be well-formed. */
export function findDuplicateKeys(text: string): void {
  /** The keys of every object that is open. */
  const open: (Set<string> | undefined)[] = [];
  /** Those of the innermost one, if the next string is a key. */
  let keys: Set<string> | undefined;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case "{":
      case "[":
        keys = text[i] === "{" ? new Set() : undefined;
        open.push(keys);
        steps.push(0);
        break;
      case "}":
      case "]":
        keys = undefined;
        open.pop();
        steps.pop();
        break;
      case ",":
        keys = open.at(-1);
        if (!keys) {
          steps.push(Number(steps.pop()) + 1);
        }
        break;
      case '"': {
        const start = i;
        while (text[++i] !== '"') {
          if (text[i] === "\\") {
            i++;
          }
        }
        if (keys) {
          const key: string = JSON.parse(text.slice(start, i + 1));
          steps[steps.length - 1] = key;
          if (keys.size === keys.add(key).size) {
            problem("duplicate key");
          }
          keys = undefined;
        }
      }
    }
  }
}
