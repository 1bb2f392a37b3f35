/**
 * A value as text that is equal for equal values only: keys are sorted, members
 * that are undefined left out, -0, NaN, bigints, bytes and Maps told apart.
 */
export function show(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      return value === null ? "null" : showObject(value);
    default:
      return typeof value === "string" ? JSON.stringify(value) : String(value);
  }
}

function showObject(value: object): string {
  if (value instanceof Uint8Array) {
    return `bytes(${value.join(" ")})`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(show).join(",")}]`;
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, entry]) => `${show(key)}=>${show(entry)}`);
    return `Map(${entries.sort().join(",")})`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${show(member)}`);
  return `{${members.sort().join(",")}}`;
}
