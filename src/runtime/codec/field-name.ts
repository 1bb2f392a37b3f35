import { utf8Bytes } from "./utf8-memory.ts";

/**
 * A name of a field as it stands in JSON text, `"name":`, packed so that four
 * bytes at a time can be stored or compared.
 */
export interface FieldName {
  /** Twice the index of the field, plus 1 for its name in the .proto. */
  readonly slot: number;
  /** How many bytes it has in UTF-8. */
  readonly length: number;
  /** Its bytes by four. The last ones may overlap those before. */
  readonly first: number;
  readonly second: number;
  readonly last: number;
  /** Those between the second and the last, if it has more than twelve. */
  readonly between: readonly number[];
}

/** The name of the field that a slot belongs to. */
export function fieldName(slot: number, name: string): FieldName {
  // With white space, even the empty name has four bytes.
  const bytes = utf8Bytes(name === "" ? '"": ' : `${JSON.stringify(name)}:`);
  const { length } = bytes;
  const view = new DataView(bytes.buffer);
  const between: number[] = [];
  for (let at = 8; at < length - 4; at += 4) {
    between.push(view.getInt32(at, true));
  }
  return {
    slot,
    length,
    first: view.getInt32(0, true),
    second: length > 8 ? view.getInt32(4, true) : 0,
    last: view.getInt32(length - 4, true),
    between,
  };
}
