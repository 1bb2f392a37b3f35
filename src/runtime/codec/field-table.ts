import { camelCase } from "./camel-case.ts";

/**
 * The fields of a message as JSON names them. Generated code prints one per
 * message, and refers to fields by their index in it.
 */
export interface FieldTable {
  /** The JSON names. */
  readonly json: readonly string[];
  /** The names in the .proto. */
  readonly proto: readonly string[];
  /** Slots by name: twice the field's index, plus 1 for the .proto's name. */
  readonly slots: ReadonlyMap<string, number>;
  /** How many 32-bit words it takes to have a bit for every field. */
  readonly words: number;
  /** Whether JSON null is handed on to generated code, instead of meaning "not set". */
  readonly takesNull: readonly boolean[];
  /** By slot, the name as it stands in JSON text: `"name":`. */
  readonly members: readonly string[];
  /**
   * A guess at the slot that comes after each field, and first in a message:
   * the one that came last time. Senders keep to one order.
   */
  readonly guesses: number[];
  /** By slot, `,"name":` for printing; made when a message is first printed. */
  prints: readonly PrintedName[] | undefined;
}

/** ASCII or UTF-8 that is printed often, in pieces of eight bytes. */
export interface PrintedName {
  /** How many bytes there are. */
  readonly length: number;
  /** The bytes as doubles, of which one can be stored at a time; the last is filled up. */
  readonly pieces: Float64Array;
}

/** A field: its name in the .proto, with its JSON name if that isn't the usual one. */
export type FieldNames = string | readonly [proto: string, json: string];

/**
 * Makes a table of the fields, in the order that generated code counts them.
 * `takesNull` has the indexes of fields for which JSON null says something.
 */
export function fieldTable(
  names: readonly FieldNames[],
  takesNull: readonly number[] = [],
): FieldTable {
  const proto = names.map((name) => (typeof name === "string" ? name : name[0]));
  const json = names.map((name) => (typeof name === "string" ? camelCase(name) : name[1]));
  const slots = new Map<string, number>();
  const members: string[] = [];
  for (const [i, jsonName] of json.entries()) {
    const protoName = proto[i] ?? "";
    // If two fields share a name, the later one has it, as in other libraries.
    slots.set(protoName, 2 * i + 1).set(jsonName, 2 * i);
    members.push(`${JSON.stringify(jsonName)}:`, `${JSON.stringify(protoName)}:`);
  }
  return {
    json,
    proto,
    slots,
    words: Math.ceil(names.length / 32),
    takesNull: json.map((_, i) => takesNull.includes(i)),
    members,
    guesses: [...json.map((_, i) => 2 * i), 0],
    prints: undefined,
  };
}
