import type { JsonOutput } from "./json-output.ts";

/** Writes a value of a field, list or map. */
export type WriteValue<V> = (value: V, output: JsonOutput) => void;

/** Writes a list. */
export function writeList<V>(list: readonly V[], output: JsonOutput, write: WriteValue<V>): void {
  output.openList();
  for (const value of list) {
    output.element();
    write(value, output);
  }
  output.closeList();
}

/** A map that is kept in an object; names of properties may be numbers. */
type RecordOf<V> = { readonly [key: number]: V | undefined };

/** Whether a map that is kept in an object has any entries. */
export function hasEntries(record: object): boolean {
  for (const key in record) {
    if (Object.hasOwn(record, key)) {
      return true;
    }
  }
  return false;
}

/** Writes a map that is kept in an object. As other libraries do, it leaves undefined out. */
export function writeRecord<V>(
  record: RecordOf<V>,
  output: JsonOutput,
  write: WriteValue<V>,
): void {
  output.open();
  const own = record as { readonly [key: string]: V | undefined };
  // Without the pairs that Object.entries would make.
  for (const key in own) {
    const value = own[key];
    if (value !== undefined && Object.hasOwn(own, key)) {
      output.key(key);
      write(value, output);
    }
  }
  output.close();
}

/** Writes a `Map`. */
export function writeMap<V>(
  map: ReadonlyMap<unknown, V>,
  output: JsonOutput,
  write: WriteValue<V>,
): void {
  output.open();
  for (const [key, value] of map) {
    output.key(String(key));
    write(value, output);
  }
  output.close();
}
