/**
 * A value that `JSON.parse` returned, as text again. Throws for what isn't
 * JSON, which `JSON.stringify` would leave out or turn into null.
 */
export function jsonText(value: unknown): string {
  // This throws for circles, so that the next line comes to an end.
  const text = JSON.stringify(value);
  return isPlain(value) ? text : JSON.stringify(value, jsonOnly);
}

/** Whether `JSON.stringify` needs no help, which makes it several times as slow. */
function isPlain(json: unknown): boolean {
  // A list of what is left to visit, because values may be nested deeper than the stack.
  const rest: unknown[] = [json];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "object" && value !== null) {
      for (const child of Object.values(value)) {
        rest.push(child);
      }
    } else if (value !== null && jsonOnly("", value) !== value) {
      return false;
    }
  }
  return true;
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
