import type { AnyTypes } from "./any-type.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { describe, memberStep, type Problem, pathOf } from "./problem.ts";

/** How JSON is written. */
export interface WriteOptions {
  /**
   * The names of fields: `json` writes their JSON names (lowerCamelCase unless
   * the .proto says otherwise), `proto` those of the .proto. `json` unless given.
   */
  readonly naming?: "json" | "proto";
  /** How many problems are reported at most; 20 unless given. */
  readonly maxProblems?: number;
  /** The types of messages inside of `google.protobuf.Any`; none unless given. */
  readonly anyTypes?: AnyTypes;
}

const noTypes: AnyTypes = new Map();

/**
 * What generated writers share while they write one message.
 *
 * They never throw. For a value that can't be written a refusal stands in the
 * JSON. Only if there are any, the JSON is searched for where they are, so
 * that writing a proper message costs nothing extra.
 */
export class JsonWriter {
  /** True if fields get the names of the .proto. */
  readonly proto: boolean;
  readonly anyTypes: AnyTypes;
  readonly #maxProblems: number;
  readonly #refusals = new Map<JsonValue, string>();

  constructor(options: WriteOptions = {}) {
    this.proto = options.naming === "proto";
    this.anyTypes = options.anyTypes ?? noTypes;
    this.#maxProblems = options.maxProblems ?? 20;
  }

  /** Refuses a value. The result has to stand in the JSON where it would have been. */
  refuse(message: string): JsonObject {
    const refusal: JsonObject = {};
    if (this.#refusals.size < this.#maxProblems) {
      this.#refusals.set(refusal, message);
    }
    return refusal;
  }

  /** Refuses a value of the wrong type. */
  expected(type: string, value: unknown): JsonObject {
    return this.refuse(`expected ${type}, got ${describe(value)}`);
  }

  /** Whether something was refused. */
  get failed(): boolean {
    return this.#refusals.size > 0;
  }

  /** The refusals inside of the written JSON, with their paths. */
  problems(json: JsonValue): readonly Problem[] {
    const problems: Problem[] = [];
    this.#collect(json, "", problems);
    return problems;
  }

  #collect(json: JsonValue, steps: string, problems: Problem[]): void {
    const message = this.#refusals.get(json);
    if (message !== undefined) {
      problems.push({ path: pathOf(steps), message });
    } else if (Array.isArray(json)) {
      for (const [index, element] of json.entries()) {
        this.#collect(element, `${steps}[${index}]`, problems);
      }
    } else if (typeof json === "object" && json !== null) {
      for (const [key, value] of Object.entries(json)) {
        this.#collect(value, steps + memberStep(key), problems);
      }
    }
  }
}
