import type { JsonObject, JsonValue } from "../codec/json-value.ts";
import { setOwn } from "../codec/own-property.ts";
import { quote } from "../codec/problem.ts";
import { enter, isA, keysOf, leave, options, problem, steps } from "./context.ts";
import { type Field, type FieldType, type Names, parseFields, protoName } from "./fields.ts";
import type { ValueType } from "./value-type.ts";
import { getDelimited, getTag, skipField } from "./wire-reader.ts";
import { putDelimited, putTagged } from "./wire-writer.ts";

/** Reads and writes the messages of a type as its table says. */
export interface CompactCodec<T> extends ValueType<T> {
  /** Full name of the message, for example `almanac.v1.Place`. */
  readonly typeName: string;
  /** The fields, by their numbers. */
  fields(): readonly Field[];
  /** Decodes the field that comes next. */
  decodeField(message: T): void;
  /** Encodes all fields. */
  encodeFields(message: T): void;
}

type Members = Record<string, unknown>;

/** A oneof with a member that is set. */
interface Group {
  readonly $case: string;
  readonly value: unknown;
}

/**
 * Makes the codec of a message.
 *
 * @param spec its fields, ordered by number: see `parseFields`
 * @param types their types
 * @param names their names, where the properties don't tell them
 */
export function compactMessage<T extends object>(
  typeName: string,
  spec: string,
  types: readonly FieldType[] = [],
  names: Names = {},
): CompactCodec<T> {
  return new MessageCodec<T>(typeName, () => parseFields(spec, types, names));
}

/**
 * The codec of one of many messages: a class takes less time to make than as
 * many functions each, and members that the constructor sets take the least.
 */
class MessageCodec<T extends object> implements CompactCodec<T> {
  declare readonly wire: 2;
  declare readonly typeName: string;
  declare readonly parse: () => readonly Field[];
  declare parsed: readonly Field[] | undefined;
  declare readonly byName: Map<string, Field>;
  declare readonly byNumber: Map<number, Field>;

  constructor(typeName: string, parse: () => readonly Field[]) {
    this.wire = 2;
    this.typeName = typeName;
    this.parse = parse;
    this.parsed = undefined;
    this.byName = new Map();
    this.byNumber = new Map();
  }

  fields(): readonly Field[] {
    if (this.parsed === undefined) {
      this.parsed = this.parse();
      for (const field of this.parsed) {
        this.byNumber.set(field.number, field);
        this.byName.set(field.jsonName, field);
      }
    }
    return this.parsed;
  }

  /** The field with a name. Most messages have only JSON names: the others are noted when they are met. */
  find(name: string): Field | undefined {
    let field = this.byName.get(name);
    if (field === undefined) {
      field = this.fields().find((each) => protoName(each) === name);
      if (field !== undefined) {
        this.byName.set(name, field);
      }
    }
    return field;
  }

  blank(): T {
    const message: Members = {};
    for (const { group, property, isOptional, type } of this.fields()) {
      message[group ?? property] = group || isOptional ? undefined : type.blank();
    }
    return message as T;
  }

  read(json: unknown): T | undefined {
    enter();
    const message = this.blank() as Members;
    if (isA("object", json)) {
      /** The members of oneofs. */
      const chosen = new Map<string, string>();
      for (const name of keysOf(json)) {
        steps.push(name);
        const field = this.find(name);
        if (field === undefined) {
          if (options.unknownFields !== "ignore") {
            problem("unknown field");
          }
        } else {
          readMember(message, field, json, name, chosen);
        }
        steps.pop();
      }
    }
    leave();
    return message as T;
  }

  write(message: T): JsonValue | undefined {
    const json: JsonObject = {};
    if (isA("object", message)) {
      for (const field of this.fields()) {
        const value = setValue(message, field, options.alwaysEmitImplicit);
        if (value !== undefined) {
          const name = options.naming === "proto" ? protoName(field) : field.jsonName;
          steps.push(name);
          setOwn(json, name, field.type.write(value) as JsonValue);
          steps.pop();
        }
      }
    }
    return json;
  }

  decode(before = this.blank()): T {
    enter();
    getDelimited(() => this.decodeField(before));
    leave();
    return before;
  }

  decodeField(message: T): void {
    const tag = getTag();
    const field = this.byNumber.get(tag >>> 3);
    if (field === undefined || !decodeMember(message as Members, field, tag & 7)) {
      skipField(tag);
    }
  }

  encode(message: T): void {
    putDelimited(() => this.encodeFields(message));
  }

  encodeFields(message: T): void {
    if (isA("object", message)) {
      const fields = this.fields();
      for (let i = fields.length - 1; i >= 0; i--) {
        const field = fields[i] as Field;
        const value = setValue(message, field);
        if (value !== undefined) {
          steps.push(field.property);
          const { type, number } = field;
          if ("encodeAll" in type) {
            type.encodeAll(value, number);
          } else {
            putTagged(type, value, number);
          }
          steps.pop();
        }
      }
    }
  }
}

/** The value of a field that has to be written; undefined if it needs not. */
function setValue(
  message: Readonly<Members>,
  { group, property, isOptional, type }: Field,
  isAlways?: boolean,
): unknown {
  const name = group ?? property;
  // Objects inherit some properties that fields may be named like.
  const value = Object.hasOwn(message, name) ? message[name] : undefined;
  if (group) {
    const chosen = value as Group | undefined;
    return chosen?.$case === property ? (chosen.value ?? type.blank()) : undefined;
  }
  return isOptional ? value : isAlways || !type.isBlank?.(value) ? (value ?? null) : undefined;
}

/** Sets a field, unless it is left out. */
function set(message: Members, { group, property }: Field, value: unknown): void {
  if (value !== undefined) {
    message[group ?? property] = group ? { $case: property, value } : value;
  }
}

function readMember(
  message: Members,
  field: Field,
  json: Readonly<Members>,
  name: string,
  chosen: Map<string, string>,
): void {
  const { group, jsonName, type } = field;
  const value = json[name];
  if (name !== jsonName && Object.hasOwn(json, jsonName)) {
    problem("set twice, by both of its names");
  }
  // Null leaves a scalar out, but chooses a message or enum and unsets it.
  if (group && (value !== null || !type.isScalar)) {
    const other = chosen.get(group);
    if (other !== undefined) {
      problem(`must not be set together with ${quote(other)}: they are in one oneof`);
    }
    chosen.set(group, jsonName);
  }
  if ((value !== null || type.takesNull) && !field.isSkipped) {
    set(message, field, type.read(value));
  }
}

function decodeMember(message: Members, field: Field, wire: number): boolean {
  const { group, property, type } = field;
  const value = message[group ?? property];
  if ("decodeInto" in type) {
    return type.decodeInto(value, wire);
  }
  if (wire !== type.wire) {
    return false;
  }
  const chosen = value as Group | undefined;
  const before = !group ? value : chosen?.$case === property ? chosen.value : undefined;
  set(message, field, type.decode(before));
  return true;
}
