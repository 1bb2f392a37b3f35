import { decodeBase64Text } from "./base64.ts";
import { parseBigInt, parseDouble, parseNumber } from "./parse-number.ts";
import { describe } from "./problem.ts";
import type { ProblemList } from "./problems.ts";

/**
 * Reads scalars from parsed JSON: the lower half of {@link JsonValueReader}.
 * What JSON may look like for each type says
 * https://protobuf.dev/programming-guides/json.
 */
export class JsonValueScanner {
  readonly isOwned: boolean;
  /** The value that is read next, or was read last. */
  protected current: unknown;
  protected readonly problems: ProblemList;

  constructor(value: unknown, problems: ProblemList, isOwned: boolean) {
    this.current = value;
    this.problems = problems;
    this.isOwned = isOwned;
  }

  isNull(): boolean {
    return this.current === null;
  }

  string(): string {
    const json = this.current;
    if (typeof json === "string") {
      if (json.isWellFormed()) {
        return json;
      }
      this.problem("expected string, got one with an unpaired surrogate");
    } else {
      this.expected("string");
    }
    return "";
  }

  bool(): boolean {
    if (typeof this.current === "boolean") {
      return this.current;
    }
    this.expected("boolean");
    return false;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const bytes = typeof this.current === "string" ? decodeBase64Text(this.current) : undefined;
    if (bytes !== undefined) {
      return bytes;
    }
    if (typeof this.current === "string") {
      this.problem("expected base64, got a string that isn't");
    } else {
      this.expected("base64 string");
    }
    return new Uint8Array();
  }

  int32(): number {
    return this.#integer32("int32", -0x80000000, 0x7fffffff);
  }

  uint32(): number {
    return this.#integer32("uint32", 0, 0xffffffff);
  }

  #integer32(type: string, min: number, max: number): number {
    const json = this.current;
    const number = typeof json === "string" ? parseNumber(json) : json;
    if (typeof number === "number" && Number.isInteger(number) && number >= min && number <= max) {
      return number;
    }
    this.expected(type);
    return 0;
  }

  int64(): bigint {
    const integer = this.#integer();
    if (integer !== undefined && BigInt.asIntN(64, integer) === integer) {
      return integer;
    }
    this.expected("int64");
    return 0n;
  }

  uint64(): bigint {
    const integer = this.#integer();
    if (integer !== undefined && BigInt.asUintN(64, integer) === integer) {
      return integer;
    }
    this.expected("uint64");
    return 0n;
  }

  #integer(): bigint | undefined {
    const json = this.current;
    switch (typeof json) {
      case "string":
        return parseBigInt(json);
      case "number":
        return Number.isInteger(json) ? BigInt(json) : undefined;
      case "bigint":
        return json;
      default:
        return undefined;
    }
  }

  float(): number {
    const number = this.double();
    // The value isn't rounded, but has to be in the range.
    if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
      this.expected("number in the range of float");
    }
    return number;
  }

  double(): number {
    const json = this.current;
    const number = typeof json === "string" ? parseDouble(json) : json;
    if (typeof number === "number" && (typeof json === "string" || Number.isFinite(number))) {
      return number;
    }
    this.expected("number");
    return 0;
  }

  text(expected: string): string | undefined {
    if (typeof this.current === "string") {
      return this.current;
    }
    this.expected(expected);
    return undefined;
  }

  value(): unknown {
    return this.current;
  }

  expected(type: string): void {
    this.problem(`expected ${type}, got ${describe(this.current)}`);
  }

  problem(message: string, steps?: string): void {
    this.problems.note(message, steps);
  }
}
