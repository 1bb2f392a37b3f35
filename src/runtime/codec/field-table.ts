import { camelCase } from "./camel-case.ts";
import { type FieldName, fieldName } from "./field-name.ts";

/**
 * The fields of a message as JSON names them. Generated code prints one per
 * message, and refers to fields by their index in it.
 *
 * A field has two slots, one for each of its names: twice its index for the one
 * in JSON, and one more for the one in the .proto.
 */
export interface FieldTable {
  readonly fields: readonly FieldNames[];
  /** How many 32-bit words it takes to have a bit for every slot. */
  readonly words: number;
  /** The fields that JSON null is handed on for, instead of meaning "not set". */
  readonly takesNull: readonly number[];
  /** By field, its name in JSON; made when it is first needed. */
  readonly json: (FieldName | undefined)[];
  /** By field, its name in the .proto; made when it is first needed. */
  readonly proto: (FieldName | undefined)[];
  /**
   * A guess at the name that comes after each field, and last the first in a
   * message: the one that came last time. Senders keep to one order.
   */
  readonly following: (FieldName | undefined)[];
  /** Slots by name; made when it is first needed. */
  slots: ReadonlyMap<string, number> | undefined;
}

/** A field: its name in the .proto, with its JSON name if that isn't the usual one. */
export type FieldNames = string | readonly [proto: string, json: string];

/**
 * Makes a table of the fields, in the order that generated code counts them.
 * `takesNull` has the indexes of fields for which JSON null says something.
 */
export function fieldTable(
  fields: readonly FieldNames[],
  takesNull: readonly number[] = [],
): FieldTable {
  return {
    fields,
    words: (2 * fields.length + 31) >> 5,
    takesNull,
    json: fields.map(unmade),
    proto: fields.map(unmade),
    following: [undefined, ...fields.map(unmade)],
    slots: undefined,
  };
}

const unmade = () => undefined;

/** The name that a slot of the table stands for. */
export function nameAt(table: FieldTable, slot: number): FieldName {
  const index = slot >> 1;
  const names = (slot & 1) === 0 ? table.json : table.proto;
  names[index] ??= fieldName(slot, spellings(table.fields[index] ?? "")[slot & 1] ?? "");
  return names[index];
}

/** The name of a field that is spelled like this. */
export function findName(table: FieldTable, name: string): FieldName | undefined {
  table.slots ??= slotsOf(table.fields);
  const slot = table.slots.get(name);
  return slot === undefined ? undefined : nameAt(table, slot);
}

/** Whether a field has one name for JSON and the .proto. */
export function hasOneName({ fields }: FieldTable, index: number): boolean {
  const [json, proto] = spellings(fields[index] ?? "");
  return json === proto;
}

function slotsOf(fields: readonly FieldNames[]): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  for (const [index, field] of fields.entries()) {
    const [json, proto] = spellings(field);
    // If two fields share a name, the later one has it, as in other libraries.
    slots.set(proto, 2 * index + 1).set(json, 2 * index);
  }
  return slots;
}

function spellings(field: FieldNames): readonly [json: string, proto: string] {
  return typeof field === "string" ? [camelCase(field), field] : [field[1], field[0]];
}
