import type { LoweredPattern } from "../../regex/lower-pattern.ts";

/** What a standard rule asks of a value. */
export type Test =
  | { readonly kind: "equals"; readonly value: Constant }
  | { readonly kind: "oneOf"; readonly values: readonly Constant[]; readonly negated: boolean }
  | RangeTest<number | bigint>
  | { readonly kind: "finite" }
  | { readonly kind: "notNaN" }
  | LengthTest
  | PatternTest
  | AffixTest
  | { readonly kind: "format"; readonly format: StringFormat }
  | { readonly kind: "byteSize"; readonly sizes: readonly number[] }
  | { readonly kind: "unique"; readonly of: "values" | "numbers" | "bytes" }
  | { readonly kind: "typeUrl"; readonly values: readonly string[]; readonly negated: boolean }
  | { readonly kind: "timeEquals"; readonly value: Time }
  | { readonly kind: "timeOneOf"; readonly values: readonly Time[]; readonly negated: boolean }
  | TimeRangeTest
  | { readonly kind: "notAfterNow" }
  | { readonly kind: "notBeforeNow" }
  | { readonly kind: "withinNow"; readonly duration: Time }
  | {
      readonly kind: "paths";
      readonly mode: "equal" | "only" | "none";
      readonly paths: readonly string[];
    };

/** The value has a match of a pattern somewhere. */
export interface PatternTest {
  readonly kind: "pattern";
  readonly pattern: LoweredPattern;
  /** As the rule has it, in the syntax of RE2. */
  readonly source: string;
  readonly of: "string" | "bytes";
}

/** A value that a rule names. */
export type Constant = number | bigint | boolean | string | Uint8Array;

/** A timestamp or a duration. */
export interface Time {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** One end of a range. */
export interface Bound<T> {
  readonly value: T;
  readonly inclusive: boolean;
}

/**
 * The value lies between two bounds, of which one may be missing. If the upper
 * one is less than the lower one, it lies outside of what is between them.
 */
export interface Range<T> {
  readonly lower?: Bound<T>;
  readonly upper?: Bound<T>;
  readonly outside: boolean;
}

/** A range of numbers. NaN is in no range. */
export interface RangeTest<T> extends Range<T> {
  readonly kind: "range";
}

/** A range of timestamps or durations. */
export interface TimeRangeTest extends Range<Time> {
  readonly kind: "timeRange";
}

/** How long a string (in code points or bytes), a byte string, a list or a map is. */
export interface LengthTest {
  readonly kind: "length";
  readonly unit: "codePoints" | "utf8" | "bytes" | "items" | "pairs";
  readonly bound: "min" | "max" | "exact";
  readonly length: number;
}

/** What a string or a byte string begins with, ends with, or contains. */
export interface AffixTest {
  readonly kind: "affix";
  readonly place: "prefix" | "suffix" | "anywhere";
  readonly value: string | Uint8Array;
  readonly negated: boolean;
}

/** The formats of strings, by the names of their rules. */
export type StringFormat =
  | "email"
  | "hostname"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "uri"
  | "uri_ref"
  | "address"
  | "uuid"
  | "tuuid"
  | "ip_with_prefixlen"
  | "ipv4_with_prefixlen"
  | "ipv6_with_prefixlen"
  | "ip_prefix"
  | "ipv4_prefix"
  | "ipv6_prefix"
  | "host_and_port"
  | "ulid"
  | "protobuf_fqn"
  | "protobuf_dot_fqn"
  | "header_name"
  | "header_name_loose"
  | "header_value"
  | "header_value_loose";
