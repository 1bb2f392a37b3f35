import type { AnyTypes } from "./any-type.ts";
import type { EnumValues } from "./enum-values.ts";
import { type FieldTable, nameAt } from "./field-table.ts";
import type { JsonOutput } from "./json-output.ts";
import type { JsonValue } from "./json-value.ts";
import { JsonTextPrinter } from "./text-printer.ts";
import type { WriteOptions } from "./write-options.ts";

const comma = 44;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/**
 * Writes a message right as JSON text, without the object in between that
 * `JSON.stringify` would need.
 */
export class JsonTextWriter extends JsonTextPrinter implements JsonOutput {
  readonly usesProtoNames: boolean;
  readonly emitsImplicit: boolean;
  readonly anyTypes: AnyTypes | undefined;

  constructor(options: WriteOptions, maxProblems: number) {
    super(maxProblems);
    this.usesProtoNames = options.naming === "proto";
    this.emitsImplicit = options.alwaysEmitImplicit ?? false;
    this.anyTypes = options.anyTypes;
  }

  open(): void {
    this.byte(openBrace);
  }

  field(fields: FieldTable, index: number): void {
    const name = (this.usesProtoNames ? fields.proto : fields.json)[index];
    this.member(name ?? nameAt(fields, 2 * index + (this.usesProtoNames ? 1 : 0)));
  }

  stringField(fields: FieldTable, index: number, value: string): void {
    if (value !== "" || this.emitsImplicit) {
      this.field(fields, index);
      this.string(value);
    }
  }

  boolField(fields: FieldTable, index: number, value: boolean): void {
    if (value !== false || this.emitsImplicit) {
      this.field(fields, index);
      this.bool(value);
    }
  }

  bytesField(fields: FieldTable, index: number, value: Uint8Array): void {
    if (value.length > 0 || this.emitsImplicit) {
      this.field(fields, index);
      this.bytes(value);
    }
  }

  int32Field(fields: FieldTable, index: number, value: number): void {
    if (value !== 0 || this.emitsImplicit) {
      this.field(fields, index);
      this.int32(value);
    }
  }

  int64Field(fields: FieldTable, index: number, value: bigint | string): void {
    if ((value !== 0n && value !== "0") || this.emitsImplicit) {
      this.field(fields, index);
      this.int64(value);
    }
  }

  doubleField(fields: FieldTable, index: number, value: number): void {
    // Unlike zero, minus zero is written.
    if (!Object.is(value, 0) || this.emitsImplicit) {
      this.field(fields, index);
      this.double(value);
    }
  }

  enumField<E extends number>(
    fields: FieldTable,
    index: number,
    value: number,
    values: EnumValues<E>,
  ): void {
    if (value !== 0 || this.emitsImplicit) {
      this.field(fields, index);
      this.enum(value, values);
    }
  }

  key(text: string): void {
    if (this.last !== openBrace) {
      this.byte(comma);
    }
    this.entries?.add(this.length);
    this.string(text);
    this.byte(colon);
  }

  close(): void {
    this.byte(closeBrace);
  }

  openList(): void {
    this.byte(openBracket);
  }

  element(): void {
    if (this.last !== openBracket) {
      this.byte(comma);
    }
  }

  closeList(): void {
    this.byte(closeBracket);
  }

  enum<E extends number>(value: number, values: EnumValues<E>): void {
    const name = values.names.get(value);
    if (name !== undefined) {
      this.string(name);
    } else if (typeof value === "number") {
      this.int32(value);
    } else {
      this.expected(`a number of enum ${values.typeName}`, value);
    }
  }

  json(value: JsonValue): void {
    this.text(JSON.stringify(value));
  }
}
