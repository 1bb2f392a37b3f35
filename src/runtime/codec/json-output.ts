import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import type { FieldTable } from "./field-table.ts";
import type { JsonValue } from "./json-value.ts";

/**
 * Where generated code writes a message to: JSON text, or a value for
 * `JSON.stringify`.
 *
 * Handlers may be plain JavaScript, so that values of a wrong type are refused
 * instead of standing on the wire. Writers don't throw for them: they tell the
 * output, which keeps the problem and its place, and go on.
 */
export interface JsonOutput {
  /** Whether fields get the names of the .proto. */
  readonly usesProtoNames: boolean;
  /** Whether default values of fields without presence are written, too. */
  readonly emitsImplicit: boolean;
  /** The types of messages inside of `google.protobuf.Any`. */
  readonly anyTypes: AnyTypes | undefined;

  /** Begins a message or map. */
  open(): void;
  /** Begins a field of the message; its value comes next. */
  field(fields: FieldTable, index: number): void;
  // Fields without presence, which are left out if they have their default value.

  stringField(fields: FieldTable, index: number, value: string): void;
  boolField(fields: FieldTable, index: number, value: boolean): void;
  bytesField(fields: FieldTable, index: number, value: Uint8Array): void;
  int32Field(fields: FieldTable, index: number, value: number): void;
  int64Field(fields: FieldTable, index: number, value: bigint | string): void;
  doubleField(fields: FieldTable, index: number, value: number): void;
  enumField<E extends number>(
    fields: FieldTable,
    index: number,
    value: number,
    values: EnumValues<E>,
  ): void;

  /** Begins an entry of the map; its value comes next. */
  key(text: string): void;
  /** Ends the message or map. */
  close(): void;

  /** Begins a list. */
  openList(): void;
  /** Begins an element of the list; its value comes next. */
  element(): void;
  /** Ends the list. */
  closeList(): void;

  string(value: string): void;
  bool(value: boolean): void;
  bytes(value: Uint8Array): void;
  /** Writes any 32-bit integer. */
  int32(value: number): void;
  /** Writes any 64-bit integer: as text, because JSON numbers are doubles for many. */
  int64(value: bigint | string): void;
  /** Writes float and double: what JSON numbers can't express has a name. */
  double(value: number): void;
  /** Writes a time of the years 1 to 9999: seconds since 1970, and nanoseconds after that. */
  time(seconds: number, nanos: number): void;
  /** Writes the name of an enum value, or the number if it has none. */
  enum<E extends number>(value: number, values: EnumValues<E>): void;
  /** Writes a JSON value that is known to be one. */
  json(value: JsonValue): void;

  /** Refuses a value of the wrong type, which should have been written next. */
  expected(type: string, value: unknown): void;
  /** Refuses the value that should have been written next, or what it has behind some steps of a path. */
  refuse(message: string, steps?: string): void;
}
