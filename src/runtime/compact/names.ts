/**
 * Takes names and their numbers from a text as tables have it, `first second=5
 * third`: where none is given, it is the number after the one before.
 */
export function parseNames(
  text: string,
  first: number,
  take: (name: string, number: number) => void,
): void {
  let next = first;
  for (const item of text === "" ? [] : text.split(" ")) {
    const at = item.indexOf("=");
    const number = at < 0 ? next : Number(item.slice(at + 1));
    take(at < 0 ? item : item.slice(0, at), number);
    next = number + 1;
  }
}
