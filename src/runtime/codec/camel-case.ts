/**
 * As protoc makes a JSON name: a letter after underscores becomes upper case, a
 * digit stays. A regular expression would be compiled while the first call of a
 * process waits.
 */
export function camelCase(name: string): string {
  if (!name.includes("_")) {
    return name;
  }
  let text = "";
  let isUpper = false;
  for (let i = 0; i < name.length; i++) {
    const character = name.charAt(i);
    if (character !== "_") {
      text += isUpper ? character.toUpperCase() : character;
    }
    isUpper = character === "_";
  }
  return text;
}
