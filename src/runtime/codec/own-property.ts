/**
 * Sets a property whose name comes from outside: `__proto__` becomes an
 * ordinary property of this object, instead of replacing its prototype.
 */
export function setOwn<V>(object: Record<string, V>, key: string, value: V): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    object[key] = value;
  }
}
