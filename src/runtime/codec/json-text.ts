/**
 * A value that `JSON.parse` returned, as text again. Throws for what isn't
 * JSON, which `JSON.stringify` would leave out or turn into null.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, jsonOnly);
}

function jsonOnly(_: string, value: unknown): unknown {
  switch (typeof value) {
    case "number":
      if (Object.is(value, -0)) {
        return raw("-0") ?? value;
      }
      if (Number.isFinite(value)) {
        return value;
      }
      if (!Number.isNaN(value)) {
        // JSON.parse makes infinity of a number that is too large.
        return raw(value > 0 ? "1e999" : "-1e999") ?? String(value);
      }
      break;
    case "string":
    case "boolean":
    case "object":
      return value;
  }
  throw new TypeError(`a ${typeof value} is no JSON value`);
}

/** What `JSON.stringify` writes as it is; undefined if the engine doesn't know that. */
function raw(text: string): unknown {
  const json: object = JSON;
  return "rawJSON" in json && typeof json.rawJSON === "function" ? json.rawJSON(text) : undefined;
}
