import { camelCase } from "./camel-case.ts";
import { type PackedName, packName } from "./packed-name.ts";

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
  /** How many 32-bit words it takes to have a bit for every slot. */
  readonly words: number;
  /** Whether JSON null is handed on to generated code, instead of meaning "not set". */
  readonly takesNull: readonly boolean[];
  /**
   * A guess at the slot that comes after each field, and first in a message:
   * the one that came last time. Senders keep to one order.
   */
  readonly guesses: number[];
  /** By slot, the name as it stands in JSON text, `"name":`; made when it is first needed. */
  readonly texts: (string | undefined)[];
  /**
   * How many messages were read so far, until the names are packed. Infinity if
   * there are names that JSON text may have in other ways.
   */
  reads: number;
  /** By slot, the same names, packed: for processes that read many messages. */
  scanned: readonly PackedName[] | undefined;
  /** How many fields were printed so far, until their names are packed. Infinity: see `reads`. */
  prints: number;
  /** By slot, names with a comma, `,"name":`, packed: for processes that print many messages. */
  readonly printed: (PackedName | undefined)[];
}

/** A field: its name in the .proto, with its JSON name if that isn't the usual one. */
export type FieldNames = string | readonly [proto: string, json: string];

/** Names in a .proto are plain; the others may have any characters. */
const plainName = /^[\w-]+$/;

/**
 * Makes a table of the fields, in the order that generated code counts them.
 * `takesNull` has the indexes of fields for which JSON null says something.
 */
export function fieldTable(
  names: readonly FieldNames[],
  takesNull: readonly number[] = [],
): FieldTable {
  const json: string[] = [];
  const proto: string[] = [];
  const slots = new Map<string, number>();
  const guesses: number[] = [];
  const nulls: boolean[] = [];
  let reads = 0;
  for (const name of names) {
    const protoName = typeof name === "string" ? name : name[0];
    const jsonName = typeof name === "string" ? camelCase(name) : name[1];
    if (typeof name !== "string" && !plainName.test(jsonName)) {
      reads = Number.POSITIVE_INFINITY;
    }
    const slot = 2 * json.length;
    // If two fields share a name, the later one has it, as in other libraries.
    slots.set(protoName, slot + 1).set(jsonName, slot);
    guesses.push(slot);
    nulls.push(takesNull.includes(json.length));
    proto.push(protoName);
    json.push(jsonName);
  }
  guesses.push(0);
  return {
    json,
    proto,
    slots,
    words: (2 * names.length + 31) >> 5,
    takesNull: nulls,
    guesses,
    texts: [],
    reads,
    scanned: undefined,
    prints: reads,
    printed: [],
  };
}

/** The name that a slot stands for as it stands in JSON text, `"name":`, if it is a plain one. */
export function nameText(fields: FieldTable, slot: number): string | undefined {
  const name = nameOf(fields, slot);
  fields.texts[slot] ??= name && `"${name}":`;
  return fields.texts[slot];
}

/** By slot, the names of the fields as they stand in JSON text. */
export function packNames(fields: FieldTable): readonly PackedName[] {
  return fields.json.flatMap((name, i) =>
    [name, fields.proto[i] ?? ""].map((each) => packName(`${JSON.stringify(each)}:`)),
  );
}

/** A name with a comma before it, for printing. */
export function packPrinted(fields: FieldTable, slot: number): PackedName {
  return packName(`,${JSON.stringify(nameOf(fields, slot))}:`, 2);
}

function nameOf(fields: FieldTable, slot: number): string | undefined {
  return ((slot & 1) === 0 ? fields.json : fields.proto)[slot >> 1];
}
