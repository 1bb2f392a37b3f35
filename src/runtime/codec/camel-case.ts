/** As protoc makes a JSON name: a letter after underscores becomes upper case, a digit stays. */
export function camelCase(name: string): string {
  return name.includes("_")
    ? name.replace(/_+(.?)/gs, (_, char: string) => char.toUpperCase())
    : name;
}
