import type { AnyTypes } from "./any-type.ts";
import { encodeBase64 } from "./base64.ts";
import type { EnumValues } from "./enum-values.ts";
import type { FieldTable } from "./field-table.ts";
import type { JsonOutput } from "./json-output.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { setOwn } from "./own-property.ts";
import { describe, entryStep, memberStep, type Problem, pathOf } from "./problem.ts";
import { defaultMaxProblems } from "./read-options.ts";
import type { WriteOptions } from "./write-options.ts";

/** A message, map or list that is open. */
type Frame =
  | { readonly object: JsonObject; readonly list?: never; name: string; isEntry: boolean }
  | { readonly list: JsonValue[]; readonly object?: never; index: number };

/**
 * Writes a message as a value for `JSON.stringify`, and notes every problem
 * with its path.
 */
export class JsonValueWriter implements JsonOutput {
  readonly usesProtoNames: boolean;
  readonly emitsImplicit: boolean;
  readonly anyTypes: AnyTypes | undefined;
  /** What was written. */
  result: JsonValue = null;
  /** What was refused. */
  readonly problems: Problem[] = [];
  readonly #maxProblems: number;
  readonly #frames: Frame[] = [];

  constructor(options: WriteOptions = {}) {
    this.usesProtoNames = options.naming === "proto";
    this.emitsImplicit = options.alwaysEmitImplicit ?? false;
    this.anyTypes = options.anyTypes;
    this.#maxProblems = options.maxProblems ?? defaultMaxProblems;
  }

  open(): void {
    const object: JsonObject = {};
    this.json(object);
    this.#frames.push({ object, name: "", isEntry: false });
  }

  field(fields: FieldTable, index: number): void {
    this.#begin((this.usesProtoNames ? fields.proto : fields.json)[index] ?? "", false);
  }

  key(text: string): void {
    this.#begin(text, true);
  }

  close(): void {
    this.#frames.pop();
  }

  openList(): void {
    const list: JsonValue[] = [];
    this.json(list);
    this.#frames.push({ list, index: -1 });
  }

  element(): void {
    const frame = this.#frames.at(-1);
    if (frame?.list !== undefined) {
      frame.index++;
    }
  }

  closeList(): void {
    this.#frames.pop();
  }

  string(value: string): void {
    if (typeof value === "string") {
      this.json(value);
    } else {
      this.expected("string", value);
    }
  }

  bool(value: boolean): void {
    if (typeof value === "boolean") {
      this.json(value);
    } else {
      this.expected("boolean", value);
    }
  }

  bytes(value: Uint8Array): void {
    if (value instanceof Uint8Array) {
      this.json(encodeBase64(value));
    } else {
      this.expected("Uint8Array", value);
    }
  }

  int32(value: number): void {
    if (typeof value === "number") {
      this.json(value);
    } else {
      this.expected("number", value);
    }
  }

  int64(value: bigint | string | number): void {
    if (typeof value === "number" ? Number.isInteger(value) : isText(value)) {
      this.json(String(value));
    } else {
      this.expected("bigint", value);
    }
  }

  double(value: number): void {
    if (typeof value === "number") {
      this.json(Number.isFinite(value) ? value : String(value));
    } else {
      this.expected("number", value);
    }
  }

  enum<E extends number>(value: number, values: EnumValues<E>): void {
    if (typeof value === "number") {
      this.json(values.names.get(value) ?? value);
    } else {
      this.expected(`a number of enum ${values.typeName}`, value);
    }
  }

  nullValue(value: number): void {
    if (typeof value === "number") {
      this.json(null);
    } else {
      this.expected("null value", value);
    }
  }

  json(value: JsonValue): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.result = value;
    } else if (frame.list !== undefined) {
      frame.list.push(value);
    } else {
      setOwn(frame.object, frame.name, value);
    }
  }

  expected(type: string, value: unknown): void {
    this.refuse(`expected ${type}, got ${describe(value)}`);
  }

  refuse(message: string): void {
    if (this.problems.length < this.#maxProblems) {
      this.problems.push({ path: pathOf(this.#frames.map(stepOf).join("")), message });
    }
    this.json(null);
  }

  #begin(name: string, isEntry: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame?.object !== undefined) {
      frame.name = name;
      frame.isEntry = isEntry;
    }
  }
}

/** The step of a path to the value that comes next. */
function stepOf(frame: Frame): string {
  if (frame.list !== undefined) {
    return `[${frame.index}]`;
  }
  return frame.isEntry ? entryStep(frame.name) : memberStep(frame.name);
}

function isText(value: unknown): boolean {
  return typeof value === "bigint" || typeof value === "string";
}
