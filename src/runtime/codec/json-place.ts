import { entryStep, memberStep, type Problem, pathOf } from "./problem.ts";
import { endOfString } from "./skip-json.ts";

/** Something that is wrong at a place of a JSON text. */
export interface PlacedProblem {
  /** The index of the byte where the value begins. */
  readonly at: number;
  /** Steps from there to something inside. */
  readonly steps: string;
  readonly message: string;
}

/** An object or array that is open at some place. */
interface Container {
  readonly isArray: boolean;
  step: string;
  index: number;
}

const decoder = new TextDecoder();

/**
 * Gives problems their paths, in their order. Nobody keeps track of the path
 * while a message is read or written, because few have problems: it follows
 * from the text before the place. That text must be well-formed as far as it
 * goes; `entries` has the places of the keys of maps.
 */
export function withPaths(
  utf8: Uint8Array,
  problems: readonly PlacedProblem[],
  entries: ReadonlySet<number>,
): readonly Problem[] {
  const open: Container[] = [];
  const paths = new Map<number, string>();
  let i = 0;
  let isKey = false;
  for (const place of problems.map(({ at }) => at).sort((a, b) => a - b)) {
    for (; i < place; i++) {
      const top = open.at(-1);
      switch (utf8[i]) {
        case 0x7b:
          open.push({ isArray: false, step: "", index: 0 });
          isKey = true;
          break;
        case 0x5b:
          open.push({ isArray: true, step: "[0]", index: 0 });
          isKey = false;
          break;
        case 0x7d:
        case 0x5d:
          open.pop();
          isKey = false;
          break;
        case 0x2c:
          isKey = top?.isArray === false;
          if (top?.isArray) {
            top.step = `[${++top.index}]`;
          }
          break;
        case 0x22: {
          const end = endOfString(utf8, i);
          if (isKey && top !== undefined) {
            const key: string = JSON.parse(decoder.decode(utf8.subarray(i, end)));
            top.step = entries.has(i) ? entryStep(key) : memberStep(key);
          }
          isKey = false;
          i = end - 1;
          break;
        }
      }
    }
    paths.set(place, open.map(({ step }) => step).join(""));
  }
  return problems.map(({ at, steps, message }) => ({
    path: pathOf((paths.get(at) ?? "") + steps),
    message,
  }));
}
