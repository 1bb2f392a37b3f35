/** Answers whether a pattern matches anywhere in a text; a RegExp is one. */
export interface Matcher {
  test(text: string): boolean;
}

/**
 * A matcher that reads each code point of the text once, from the tables that
 * the generator prints for patterns that a RegExp can't match safely.
 *
 * @param alphabet pairs of a distance to the next boundary between classes of
 *   code points, and the class that begins there
 * @param transitions for each state, from 2 up, the next state for each class
 *   and for the end of the text; 0 can't match any more, 1 has matched
 */
export function automaton(alphabet: string, transitions: string): Matcher {
  const boundaries = decode(alphabet);
  const count = boundaries.length / 2;
  const from = new Uint32Array(count);
  const classes = new Uint16Array(count);
  let position = 0;
  for (let i = 0; i < count; i++) {
    position += boundaries[2 * i] ?? 0;
    from[i] = position;
    classes[i] = boundaries[2 * i + 1] ?? 0;
  }
  const columns = Math.max(...classes) + 2;
  const table = Uint16Array.from([...Array(2 * columns).fill(0), ...decode(transitions)]);
  const ascii = Uint16Array.from({ length: 128 }, (_, codePoint) => find(from, classes, codePoint));
  return {
    test(text) {
      let state = 2;
      for (let i = 0; i < text.length && state > 1; i++) {
        let codePoint = text.charCodeAt(i);
        let column: number;
        if (codePoint < 128) {
          column = ascii[codePoint] ?? 0;
        } else {
          if (codePoint >= 0xd800 && codePoint < 0xdc00) {
            // Not by codePointAt: V8 reads beyond the end of a text that was cut out of another.
            const low = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
            if (low >= 0xdc00 && low < 0xe000) {
              codePoint = 0x10000 + ((codePoint - 0xd800) << 10) + (low - 0xdc00);
              i++;
            }
          }
          column = find(from, classes, codePoint);
        }
        state = table[state * columns + column] ?? 0;
      }
      return (state > 1 ? table[state * columns + columns - 1] : state) === 1;
    },
  };
}

/** The class of a code point. */
function find(from: Uint32Array, classes: Uint16Array, codePoint: number): number {
  let low = 0;
  let high = from.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (codePoint < (from[middle] ?? 0)) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return classes[low] ?? 0;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Reads natural numbers: five bits a digit, lowest first; 32 says that more follow. */
function decode(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digits.indexOf(text.charAt(i));
    number |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}
