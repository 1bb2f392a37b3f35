import type { FieldTable } from "./field-table.ts";
import type { JsonOutput } from "./json-output.ts";

/** Writes a value of a field, list or map. */
export type WriteValue<V> = (value: V, output: JsonOutput) => void;

// Lists and maps have no presence: empty ones are left out, as defaults are.

/** Writes a field that is a list. */
export function writeList<V>(
  output: JsonOutput,
  fields: FieldTable,
  index: number,
  list: readonly V[],
  write: WriteValue<V>,
): void {
  if (list.length > 0 || output.emitsImplicit) {
    output.field(fields, index);
    output.openList();
    // Iterators leave compiled code where lists of numbers and others meet.
    for (let i = 0; i < list.length; i++) {
      output.element();
      write(list[i] as V, output);
    }
    output.closeList();
  }
}

/** A map that is kept in an object; names of properties may be numbers. */
type RecordOf<V> = { readonly [key: number]: V | undefined };

/** Writes a field that is a map, kept in an object. As other libraries do, it leaves undefined out. */
export function writeRecord<V>(
  output: JsonOutput,
  fields: FieldTable,
  index: number,
  record: RecordOf<V>,
  write: WriteValue<V>,
): void {
  // Messages of plain JavaScript may not have it.
  const own = (record ?? {}) as { readonly [key: string]: V | undefined };
  if (hasEntries(own) || output.emitsImplicit) {
    output.field(fields, index);
    output.open();
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
}

/** Whether a map that is kept in an object has any entries. */
function hasEntries(record: object): boolean {
  for (const key in record) {
    if (Object.hasOwn(record, key)) {
      return true;
    }
  }
  return false;
}

/** Writes a field that is a `Map`. */
export function writeMap<V>(
  output: JsonOutput,
  fields: FieldTable,
  index: number,
  map: ReadonlyMap<unknown, V>,
  write: WriteValue<V>,
): void {
  if (map.size > 0 || output.emitsImplicit) {
    output.field(fields, index);
    output.open();
    for (const [key, value] of map) {
      output.key(String(key));
      write(value, output);
    }
    output.close();
  }
}
