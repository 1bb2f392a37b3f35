import { decodeBase64, decodeBase64Text } from "./base64.ts";
import { parseBigInt, parseDouble, parseNumber } from "./parse-number.ts";
import { sumToBigInt } from "./small-bigint.ts";
import { TextTokens } from "./text-tokens.ts";

const quote = 34;
const zero = 48;
const nine = 57;

/**
 * Reads scalars from JSON text. What JSON may look like for each type says
 * https://protobuf.dev/programming-guides/json.
 */
export class JsonTextScanner extends TextTokens {
  string(): string {
    const value = this.anyString();
    if (value === undefined) {
      this.expected("string");
      return "";
    }
    if (this.problems !== undefined && !value.isWellFormed()) {
      this.problem("expected string, got one with an unpaired surrogate");
    }
    return value;
  }

  text(expected: string): string | undefined {
    const value = this.anyString();
    if (value === undefined) {
      this.expected(expected);
    }
    return value;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const start = this.position + 1;
    if (this.utf8[start - 1] !== quote) {
      this.expected("base64 string");
      return new Uint8Array();
    }
    const end = this.utf8.indexOf(quote, start);
    if (end > 0 && end < this.length) {
      const value = decodeBase64(this.utf8, start, end, false);
      if (value !== undefined) {
        this.position = end + 1;
        return value;
      }
    }
    // There may be escapes.
    const value = decodeBase64Text(this.anyString() ?? "");
    if (value === undefined) {
      this.problem("expected base64, got a string that isn't");
    }
    return value ?? new Uint8Array();
  }

  int32(): number {
    const number = this.numberOrText();
    if ((number | 0) === number) {
      return number;
    }
    this.expected("int32");
    return 0;
  }

  uint32(): number {
    const number = this.numberOrText();
    if (number >>> 0 === number) {
      return number;
    }
    this.expected("uint32");
    return 0;
  }

  private numberOrText(): number {
    return this.utf8[this.position] === quote ? parseNumber(this.anyString() ?? "") : this.number();
  }

  int64(): bigint {
    const integer = this.integer();
    if (integer !== undefined && BigInt.asIntN(64, integer) === integer) {
      return integer;
    }
    this.expected("int64");
    return 0n;
  }

  uint64(): bigint {
    const integer = this.integer();
    if (integer !== undefined && BigInt.asUintN(64, integer) === integer) {
      return integer;
    }
    this.expected("uint64");
    return 0n;
  }

  protected integer(): bigint | undefined {
    if (this.utf8[this.position] === quote) {
      return this.#digits() ?? parseBigInt(this.anyString() ?? "");
    }
    const number = this.number();
    return Number.isInteger(number) ? BigInt(number) : undefined;
  }

  /** Reads a string of 1 to 19 digits, and nothing else. */
  #digits(): bigint | undefined {
    const bytes = this.utf8;
    const start = this.position + 1;
    let high = 0;
    let factor = 1;
    let low = 0;
    let at = start;
    for (let code = bytes[at] ?? 0; code >= zero && code <= nine; code = bytes[++at] ?? 0) {
      if (at - start < 10) {
        high = high * 10 + code - zero;
      } else {
        low = low * 10 + code - zero;
        factor *= 10;
      }
    }
    if (at === start || at > start + 19 || bytes[at] !== quote) {
      return undefined;
    }
    this.position = at + 1;
    return sumToBigInt(high, factor, low);
  }

  double(): number {
    if (this.utf8[this.position] === quote) {
      const number = parseDouble(this.anyString() ?? "");
      if (number !== undefined) {
        return number;
      }
    } else {
      const number = this.number();
      if (Number.isFinite(number)) {
        return number;
      }
    }
    this.expected("number");
    return 0;
  }
}
