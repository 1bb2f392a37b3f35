import { type Dfa, start } from "./dfa.ts";

/** An automaton as two strings, as the run-time helper `automaton` reads them. */
export interface DfaTables {
  /**
   * Where classes begin: for each boundary, how far it is from the one before,
   * and the class that begins there.
   */
  readonly alphabet: string;
  /** The rows of all states but the failed and the matched one. */
  readonly transitions: string;
}

export function dfaTables({ alphabet, rows }: Dfa): DfaTables {
  let last = 0;
  const boundaries = alphabet.boundaries.flatMap((boundary) => {
    const distance = boundary.from - last;
    last = boundary.from;
    return [distance, boundary.class];
  });
  return {
    alphabet: encode(boundaries),
    transitions: encode(rows.slice(start).flat()),
  };
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Natural numbers as text: five bits a digit, lowest first; 32 says that more follow. */
function encode(numbers: readonly number[]): string {
  return numbers
    .map((number) => {
      let text = "";
      let rest = number;
      while (rest > 31) {
        text += digits.charAt(32 + (rest & 31));
        rest >>= 5;
      }
      return text + digits.charAt(rest);
    })
    .join("");
}
