import { parseNames } from "./names.ts";
import type { CollectionType, ValueType } from "./value-type.ts";

/** A field of a message. */
export interface Field {
  readonly jsonName: string;
  /** The name in the .proto, if it isn't the JSON name in snake_case: see `protoName`. */
  name: string | undefined;
  /** The property that holds it; of a member of a oneof, what the group says if it is selected. */
  readonly property: string;
  /** The property of the oneof that the field belongs to. */
  readonly group: string | undefined;
  readonly number: number;
  readonly type: ValueType | CollectionType;
  /** Whether the field can be "not set", apart from its default. */
  readonly isOptional: boolean;
  /** Whether readers of JSON leave the field out. */
  readonly isSkipped: boolean;
}

/** The names of fields for which a property doesn't tell them, by their index. */
export type Names = Readonly<Record<number, readonly [name: string, jsonName: string]>>;

/** A type in a table. Values of all kinds are in one, so that no more is known of them. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type FieldType = ValueType<any> | CollectionType<any>;

/**
 * Takes the fields of a message from its table. The text has properties and
 * numbers as `parseNames` says: `group/property` is the member of a oneof,
 * `?property` is optional, `!property` is skipped by readers of JSON, and
 * `&property` both.
 *
 * There are no patterns here, neither regular expressions nor those that take
 * arrays apart: a process that reads one message would spend its time on them.
 */
export function parseFields(spec: string, types: readonly FieldType[], names: Names): Field[] {
  const fields: Field[] = [];
  parseNames(spec, 1, (text, number) => {
    const type = types[fields.length] as FieldType;
    const given = names[fields.length];
    const mark = text[0] ?? "-";
    const slash = text.indexOf("/");
    const group = slash < 0 ? undefined : text.slice(0, slash);
    const property = text.slice("?!&".includes(mark) ? 1 : slash + 1);
    fields.push({
      name: given?.[0],
      jsonName: given?.[1] ?? property,
      property,
      group,
      number,
      type,
      isOptional: "?&".includes(mark) || type.isBlank === undefined,
      isSkipped: "!&".includes(mark),
    });
  });
  return fields;
}

/** The name of a field in the .proto. Most processes never need it. */
export function protoName(field: Field): string {
  field.name ??= field.jsonName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return field.name;
}
