import { fail } from "./cel-error.ts";

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["1", true],
  ["t", true],
  ["true", true],
  ["TRUE", true],
  ["True", true],
  ["0", false],
  ["f", false],
  ["false", false],
  ["FALSE", false],
  ["False", false],
]);

export function boolOfText(text: string): boolean {
  return booleans.get(text) ?? fail("the string is not a bool");
}

export function doubleOfText(text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    return Number(text);
  }
  const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text);
  if (special === null) {
    return fail("the string is not a double");
  }
  const size = special[2] === undefined ? Number.NaN : Number.POSITIVE_INFINITY;
  return special[1] === "-" ? -size : size;
}

/** The text of bytes in UTF-8; fails if they aren't valid. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("the bytes are not valid UTF-8");
  }
}

export function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The value of something that may be null, where null won't do. */
export function notNull<T>(value: T | null | undefined): T {
  return value ?? fail("null has no value");
}
