/** An object of JSON. */
export type Members = Readonly<Record<string, unknown>>;

/** A text that is not empty, and not too long. */
export function isText(value: unknown, max: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= max;
}

/** Whether a value is an object of JSON. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object; none of anything else. */
export function members(value: unknown): Members {
  return isMembers(value) ? value : {};
}

/** The elements of a list; none of anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
