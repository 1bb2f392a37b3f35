import { endOfString, endOfValue, skipSpace } from "../codec/skip-json.ts";

const quote = 0x22;
const comma = 0x2c;
const openBrace = 0x7b;

const utf8 = new TextDecoder();

/**
 * Where the value of a member begins and ends; of two of one name the last, as
 * for `JSON.parse`. Undefined if there is none.
 *
 * @param json a well-formed JSON object in UTF-8, which may have a byte order mark
 */
export function memberBounds(
  json: Uint8Array,
  name: string,
): readonly [start: number, end: number] | undefined {
  let found: readonly [start: number, end: number] | undefined;
  let at = json.indexOf(openBrace);
  do {
    const key = skipSpace(json, at + 1);
    if (json[key] !== quote) {
      // The object is empty.
      break;
    }
    const keyEnd = endOfString(json, key);
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, start, Number.POSITIVE_INFINITY);
    if (JSON.parse(utf8.decode(json.subarray(key, keyEnd))) === name) {
      found = [start, end];
    }
    at = skipSpace(json, end);
  } while (json[at] === comma);
  return found;
}
