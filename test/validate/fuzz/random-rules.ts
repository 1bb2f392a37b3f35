import { create, type MessageInitShape, ScalarType } from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  type FieldRulesSchema,
  Ignore,
  KnownRegex,
  type StringRulesSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { lowerPattern } from "../../../src/generator/regex/lower-pattern.ts";
import { type Random, randomPattern } from "../../regex/random-pattern.ts";
import type { CelInit } from "./random-cel.ts";
import { randomNumber } from "./random-number.ts";
import { randomBytes, randomText } from "./random-text.ts";

export type RulesInit = MessageInitShape<typeof FieldRulesSchema>;
export type TypeInit = NonNullable<RulesInit["type"]>;

/** What a field, an element or a map's key or value is. */
export type FieldType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum" }
  | { readonly kind: "message"; readonly name: string }
  | { readonly kind: "wrapper"; readonly scalar: ScalarType }
  | { readonly kind: "Timestamp" | "Duration" | "FieldMask" | "Any" };

/** Rules of a value, of its elements or entries, and when they hold. */
export function randomRules(random: Random, type: TypeInit | undefined, cel: CelInit[]): RulesInit {
  const rules: RulesInit = type === undefined ? { cel } : { type, cel };
  if (random.below(4) === 0) {
    rules.ignore = random.pick([Ignore.UNSPECIFIED, Ignore.IF_ZERO_VALUE, Ignore.ALWAYS]);
  }
  if (random.below(6) === 0) {
    rules.required = true;
  }
  return rules;
}

/** Rules that fit a type, or none. */
export function randomType(random: Random, type: FieldType): TypeInit | undefined {
  if (random.below(8) === 0) {
    return undefined;
  }
  switch (type.kind) {
    case "enum":
      return { case: "enum", value: enumRules(random) };
    case "message":
      return undefined;
    case "Timestamp":
      return { case: "timestamp", value: timestampRules(random) };
    case "Duration":
      return { case: "duration", value: durationRules(random) };
    case "FieldMask":
      return { case: "fieldMask", value: fieldMaskRules(random) };
    case "Any":
      return { case: "any", value: { in: some(random, url), notIn: some(random, url) } };
    case "scalar":
    case "wrapper":
      return scalarRules(random, type.scalar);
  }
}

function scalarRules(random: Random, scalar: ScalarType): TypeInit {
  switch (scalar) {
    case ScalarType.BOOL:
      return { case: "bool", value: { const: random.below(2) === 0 } };
    case ScalarType.STRING:
      return { case: "string", value: stringRules(random) };
    case ScalarType.BYTES:
      return { case: "bytes", value: bytesRules(random) };
    case ScalarType.DOUBLE:
      return {
        case: "double",
        value: { ...numbers<number>(random, scalar), finite: maybe(random) },
      };
    case ScalarType.FLOAT:
      return {
        case: "float",
        value: { ...numbers<number>(random, scalar), finite: maybe(random) },
      };
    case ScalarType.INT32:
      return { case: "int32", value: numbers<number>(random, scalar) };
    case ScalarType.SINT32:
      return { case: "sint32", value: numbers<number>(random, scalar) };
    case ScalarType.SFIXED32:
      return { case: "sfixed32", value: numbers<number>(random, scalar) };
    case ScalarType.UINT32:
      return { case: "uint32", value: numbers<number>(random, scalar) };
    case ScalarType.FIXED32:
      return { case: "fixed32", value: numbers<number>(random, scalar) };
    case ScalarType.INT64:
      return { case: "int64", value: numbers<bigint>(random, scalar) };
    case ScalarType.SINT64:
      return { case: "sint64", value: numbers<bigint>(random, scalar) };
    case ScalarType.SFIXED64:
      return { case: "sfixed64", value: numbers<bigint>(random, scalar) };
    case ScalarType.UINT64:
      return { case: "uint64", value: numbers<bigint>(random, scalar) };
    case ScalarType.FIXED64:
      return { case: "fixed64", value: numbers<bigint>(random, scalar) };
  }
}

function numbers<N extends number | bigint>(random: Random, scalar: ScalarType) {
  // The type of the numbers follows from that of the scalar.
  const number = () => randomNumber(random, scalar) as N;
  return {
    ...optional(random, 8, () => ({ const: number() })),
    ...optional(random, 2, () => ({
      greaterThan: { case: random.pick(["gt", "gte"] as const), value: number() },
    })),
    ...optional(random, 2, () => ({
      lessThan: { case: random.pick(["lt", "lte"] as const), value: number() },
    })),
    in: some(random, number),
    notIn: some(random, number),
  };
}

const formats = [
  "email",
  "hostname",
  "ip",
  "ipv4",
  "ipv6",
  "uri",
  "uriRef",
  "address",
  "uuid",
  "tuuid",
  "ipWithPrefixlen",
  "ipv4WithPrefixlen",
  "ipv6WithPrefixlen",
  "ipPrefix",
  "ipv4Prefix",
  "ipv6Prefix",
  "hostAndPort",
  "ulid",
  "protobufFqn",
  "protobufDotFqn",
] as const;

function stringRules(random: Random) {
  const text = () => randomText(random);
  const length = () => BigInt(random.below(12));
  return {
    ...optional(random, 9, () => ({ const: text() })),
    ...optional(random, 6, () => ({ len: length() })),
    ...optional(random, 4, () => ({ minLen: length() })),
    ...optional(random, 4, () => ({ maxLen: length() })),
    ...optional(random, 8, () => ({ lenBytes: length() })),
    ...optional(random, 6, () => ({ minBytes: length() })),
    ...optional(random, 6, () => ({ maxBytes: length() })),
    ...optional(random, 4, () => ({ pattern: validPattern(random) })),
    ...optional(random, 8, () => ({ prefix: text().slice(0, 2).toWellFormed() })),
    ...optional(random, 8, () => ({ suffix: text().slice(-2).toWellFormed() })),
    ...optional(random, 8, () => ({ contains: text().slice(1, 3).toWellFormed() })),
    ...optional(random, 8, () => ({ notContains: text().slice(1, 3).toWellFormed() })),
    ...optional(random, 2, () => ({ wellKnown: wellKnown(random) })),
    ...optional(random, 4, () => ({ strict: random.below(2) === 0 })),
    in: some(random, text),
    notIn: some(random, text),
  };
}

type WellKnown = NonNullable<MessageInitShape<typeof StringRulesSchema>["wellKnown"]>;

function wellKnown(random: Random): WellKnown {
  switch (random.below(12)) {
    case 0:
    case 1:
      return {
        case: "wellKnownRegex",
        value: random.pick([KnownRegex.HTTP_HEADER_NAME, KnownRegex.HTTP_HEADER_VALUE]),
      };
    case 2:
      return { case: "email", value: false };
    default:
      return { case: random.pick(formats), value: true };
  }
}

function validPattern(random: Random): string {
  for (;;) {
    const pattern = randomPattern(random);
    if (lowerPattern(pattern).kind !== "error" && pattern.isWellFormed()) {
      return pattern;
    }
  }
}

function bytesRules(random: Random) {
  const bytes = () => randomBytes(random);
  const length = () => BigInt(random.below(5));
  return {
    ...optional(random, 9, () => ({ const: bytes() })),
    ...optional(random, 6, () => ({ len: length() })),
    ...optional(random, 4, () => ({ minLen: length() })),
    ...optional(random, 4, () => ({ maxLen: length() })),
    ...optional(random, 8, () => ({ pattern: validPattern(random) })),
    ...optional(random, 8, () => ({ prefix: bytes().slice(0, 2) })),
    ...optional(random, 8, () => ({ suffix: bytes().slice(0, 2) })),
    ...optional(random, 8, () => ({ contains: bytes().slice(0, 2) })),
    ...optional(random, 4, () => ({
      wellKnown: { case: random.pick(["ip", "ipv4", "ipv6", "uuid"] as const), value: true },
    })),
    in: some(random, bytes),
    notIn: some(random, bytes),
  };
}

function enumRules(random: Random) {
  const number = () => random.pick([0, 1, 2, 5, -1]);
  return {
    ...optional(random, 6, () => ({ const: number() })),
    ...optional(random, 2, () => ({ definedOnly: random.below(4) > 0 })),
    in: some(random, number),
    notIn: some(random, number),
  };
}

/** A point in time near the one that the fuzz takes for the present. */
export function randomMoment(random: Random): { seconds: bigint; nanos: number } {
  return {
    seconds: 1_700_000_000n + BigInt(random.below(5)) - 2n,
    nanos: random.pick([0, 1, 500_000_000, 999_999_999]),
  };
}

/** A short time, of either sign. */
export function randomDuration(random: Random): Duration {
  const sign = random.pick([1, -1]);
  const nanos = sign * random.pick([0, 1, 500_000_000]);
  return create(DurationSchema, { seconds: BigInt(sign * random.below(4)), nanos });
}

function timestampRules(random: Random) {
  const time = () => create(TimestampSchema, randomMoment(random));
  return {
    ...optional(random, 8, () => ({ const: time() })),
    ...optional(random, 2, () => ({
      greaterThan:
        random.below(4) === 0
          ? { case: "gtNow" as const, value: random.below(4) > 0 }
          : { case: random.pick(["gt", "gte"] as const), value: time() },
    })),
    ...optional(random, 2, () => ({
      lessThan:
        random.below(4) === 0
          ? { case: "ltNow" as const, value: random.below(4) > 0 }
          : { case: random.pick(["lt", "lte"] as const), value: time() },
    })),
  };
}

function durationRules(random: Random) {
  const duration = () => randomDuration(random);
  return {
    ...optional(random, 8, () => ({ const: duration() })),
    ...optional(random, 2, () => ({
      greaterThan: { case: random.pick(["gt", "gte"] as const), value: duration() },
    })),
    ...optional(random, 2, () => ({
      lessThan: { case: random.pick(["lt", "lte"] as const), value: duration() },
    })),
    in: some(random, duration),
    notIn: some(random, duration),
  };
}

/** A path in a field mask. */
export function randomPath(random: Random): string {
  return random.pick(["a", "a.b", "a.b.c", "ab", "b", "b.a", ""]);
}

function fieldMaskRules(random: Random) {
  const path = () => randomPath(random);
  return {
    ...optional(random, 6, () => ({ const: { paths: some(random, path) } })),
    in: some(random, path),
    notIn: some(random, path),
  };
}

function url(random: Random): string {
  return random.pick(["type.googleapis.com/a.B", "type.googleapis.com/a.C", "x", ""]);
}

function maybe(random: Random): boolean {
  return random.below(2) === 0;
}

/** An object in one of so many cases. */
function optional<T extends object>(random: Random, cases: number, make: () => T): T | object {
  return random.below(cases) === 0 ? make() : {};
}

/** Mostly no values, sometimes a few, seldom many. */
function some<T>(random: Random, make: (random: Random) => T): T[] {
  const length = random.pick([0, 0, 0, 0, 0, 1, 2, 3, 12]);
  return Array.from({ length }, () => make(random));
}
