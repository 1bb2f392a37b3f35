import { RuleError } from "./rule-error.ts";

/** Whether two byte strings are equal. */
export function equalBytes(bytes: Uint8Array, other: ArrayLike<number>): boolean {
  return bytes.length === other.length && matchesAt(bytes, 0, other);
}

/** Whether a byte string is one of a list. */
export function isOneOfBytes(bytes: Uint8Array, list: readonly ArrayLike<number>[]): boolean {
  return list.some((other) => equalBytes(bytes, other));
}

/** Whether a byte string begins with another one. */
export function startsWithBytes(bytes: Uint8Array, prefix: ArrayLike<number>): boolean {
  return matchesAt(bytes, 0, prefix);
}

/** Whether a byte string ends with another one. */
export function endsWithBytes(bytes: Uint8Array, suffix: ArrayLike<number>): boolean {
  return matchesAt(bytes, bytes.length - suffix.length, suffix);
}

/** Whether a byte string contains another one. */
export function includesBytes(bytes: Uint8Array, part: ArrayLike<number>): boolean {
  for (let at = 0; at <= bytes.length - part.length; at++) {
    if (matchesAt(bytes, at, part)) {
      return true;
    }
  }
  return false;
}

/** The text that bytes encode in UTF-8. Throws a `RuleError` if they don't. */
export function textOf(bytes: Uint8Array, ruleId: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new RuleError(`rule "${ruleId}" is about text, but the bytes are not UTF-8`, { cause });
  }
}

function matchesAt(bytes: Uint8Array, at: number, part: ArrayLike<number>): boolean {
  if (at < 0) {
    return false;
  }
  for (let i = 0; i < part.length; i++) {
    if (bytes[at + i] !== part[i]) {
      return false;
    }
  }
  return true;
}
