import { parseLossless } from "../codec/lossless-json.ts";
import { syntaxProblem } from "../codec/secret-problems.ts";
import { Refusal } from "./refusal.ts";

/** An object that was parsed from JSON. Its fields may have any name. */
export type JsonRecord = { readonly [key: string]: unknown };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a body that has to be one JSON object; integers that a number cannot
 * hold are text in it. Everything that is wrong with it is a `Refusal` with
 * status 400.
 *
 * @param maxDepth how deep arrays and objects may lie in one another
 */
export function parseJsonObject(body: Uint8Array, maxDepth: number): JsonRecord {
  const text = decodeText(body);
  if (isDeeperThan(text, maxDepth)) {
    throw new Refusal(400, `the body is nested deeper than ${maxDepth} levels`);
  }
  const value = parseBody(text);
  if (!isRecord(value)) {
    throw new Refusal(400, `the body must be a JSON object, not ${kindOf(value)}`);
  }
  return value;
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names the kind of a JSON value for people, for example `an array`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) {
    return value === null ? "null" : "missing";
  }
  return Array.isArray(value)
    ? "an array"
    : typeof value === "object"
      ? "an object"
      : `a ${typeof value}`;
}

/** The text of a body; a `Refusal` if it is none. */
export function decodeText(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Refusal(400, "the body is not valid UTF-8");
  }
}

/** Parses the text of a body, or of a part of it; a `Refusal` if it is no JSON. */
export function parseBody(text: string): unknown {
  if (text === "") {
    throw new Refusal(400, "the body is empty, a JSON object is expected");
  }
  try {
    return parseLossless(text);
  } catch (error) {
    // Nobody knows yet whether what is quoted would be a secret.
    throw new Refusal(400, `the body is not valid JSON: ${syntaxProblem(error)}`);
  }
}

/** Counts depth before anything recursive sees the text. Linear in its length. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  // Few brackets cannot lie deep, and searching for them is much faster than
  // looking at every character.
  if (!hasMoreBracketsThan(text, maxDepth)) {
    return false;
  }
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        i = endOfString(text, i);
        break;
      case openBrace:
      case openBracket:
        depth++;
        if (depth > maxDepth) {
          return true;
        }
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
    }
  }
  return false;
}

function hasMoreBracketsThan(text: string, limit: number): boolean {
  let count = 0;
  for (const bracket of ["{", "["]) {
    for (let i = text.indexOf(bracket); i >= 0; i = text.indexOf(bracket, i + 1)) {
      count++;
      if (count > limit) {
        return true;
      }
    }
  }
  return false;
}

/** The position of the quote that ends the string whose opening quote is at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === backslash) {
      i++;
    } else if (char === quote) {
      break;
    }
  }
  return i;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
