import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import type { FieldTable } from "./field-table.ts";

/**
 * Where generated code reads a message from. It stands at one value at a time,
 * and every call that reads a value moves on.
 *
 * Readers don't throw for what doesn't fit: they tell the input, which keeps
 * the problem and its place, and go on with a default.
 */
export interface JsonInput {
  /** Whether fields and enum names that the schema doesn't know are left out. */
  readonly ignoresUnknown: boolean;
  /** Whether strings are known to have no unpaired surrogates. */
  readonly isWellFormed: boolean;
  /** Where in the text the value begins that is read next, or was read last. */
  readonly place: number;
  /** How many more levels of messages may be opened here. */
  readonly levels: number;
  /** The types of messages inside of `google.protobuf.Any`. */
  readonly anyTypes: AnyTypes | undefined;

  /** Begins a message, and goes to its first known field: the field's index, or -1. */
  open(fields: FieldTable): number;
  /** Goes to the next known field after the one with the given index, or ends the message with -1. */
  next(fields: FieldTable, field: number): number;
  /** Chooses a member of a oneof. `chosen` is the one before, or empty. */
  choose(chosen: string, member: string): string;

  /** Begins a list, and goes to its first element. False if there is none. */
  openList(): boolean;
  /** Goes to the next element. False after the last. */
  nextElement(): boolean;

  /** Begins a map, and goes to its first entry. False if there is none. */
  openMap(): boolean;
  /** Reads the key of an entry; its value comes next. */
  key(): string;
  /** Goes to the next entry. False after the last. */
  nextEntry(): boolean;

  /** Whether the value is null. If so, it has been read. */
  isNull(): boolean;
  string(): string;
  bool(): boolean;
  bytes(): Uint8Array<ArrayBuffer>;
  int32(): number;
  uint32(): number;
  int64(): bigint;
  uint64(): bigint;
  double(): number;
  /** Reads a name or number of an enum. Undefined after a problem, or if the name is left out. */
  enum<E extends number>(values: EnumValues<E>): E | undefined;
  /** Reads the text of a well-known type. Undefined, and a problem, if the value is no string. */
  text(expected: string): string | undefined;
  /** Reads any JSON. */
  value(): unknown;
  /** Goes behind any JSON, and checks no more of it than its syntax. */
  skip(): void;

  /** Ends reading if no message may be nested here, which is a problem. */
  checkDepth(): void;
  /** Notes that the value should have been something else, and goes behind it. */
  expected(type: string): void;
  /** Notes a problem of the value, or of something inside, or of the one at a place. */
  problem(message: string, path?: string, place?: number): void;
}
