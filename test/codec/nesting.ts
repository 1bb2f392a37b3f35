/** A `codec.v1.Tree` in trees, as text. */
export function nested(levels: number): string {
  return `${'{"left":'.repeat(levels)}{}${"}".repeat(levels)}`;
}

/** What is nested deeper than a `codec.v1.Tree` may be, wherever it stands, and where it is ignored. */
export function deepTexts(levels: number) {
  const list = "[".repeat(levels) + "]".repeat(levels);
  const object = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  return {
    refused: [
      nested(levels),
      list,
      object,
      `{"value":${list}}`,
      `{"value":${object}}`,
      `{"struct":${object}}`,
      `{"listValue":${list}}`,
      `{"children":${list}}`,
      `{"named":${object}}`,
    ],
    ignored: [`{"more":${list}}`, `{"more":${object}}`],
  };
}
