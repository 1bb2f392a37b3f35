/** Writes a JSON value with the keys of all objects in order, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) ? sorted(inner) : inner,
  );
}

function sorted(object: object): object {
  const entries = Object.entries(object);
  // Made from entries, a key `__proto__` is an ordinary key.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
