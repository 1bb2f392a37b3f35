import { ScalarType } from "@bufbuild/protobuf";
import type { Random } from "../../regex/random-pattern.ts";
import type { FieldType } from "./random-rules.ts";

/** A rule in CEL. */
export interface CelInit {
  readonly id: string;
  readonly message: string;
  readonly expression: string;
}

const ofText = [
  "this.size() > 3",
  "this.size() < 5 ? '' : 'too long: ' + this",
  "this.startsWith('a') || this.endsWith('m')",
  "this.contains('.') ? 'has %s'.format([this]) : ''",
  "this.matches('^[a-z.]*$')",
  "this < 'b'",
  "this != 'foo' && this.lowerAscii() != 'ab'",
  "this.isHostname() || this.isIp()",
  "bytes(this).size() == this.size()",
] as const;

const ofInt = [
  "this > 0",
  "this % 2 == 0",
  "this < 100 ? '' : '%d is too much'.format([this])",
  "this in [0, 1, 2]",
  "string(this).size() < 3",
  "double(this) < 1.5",
] as const;

const ofUint = [
  "this > 0u",
  "this % 2u == 0u",
  "this < 4u ? '' : 'got %s'.format([this])",
] as const;

const ofDouble = [
  "this > 0.0",
  "!this.isNan()",
  "this.isInf() ? 'infinite' : ''",
  "this * 2.0 <= 3.0",
] as const;

const ofBytes = ["this.size() > 1", "this.startsWith(b'a')", "this != b''"] as const;

const ofBool = ["this", "this == false ? '' : 'no'"] as const;

// No seconds: @bufbuild/cel 0.6.1 rounds 0.9999 of one up to the next.
const ofTime = [
  "this < timestamp('2023-11-14T22:13:20Z')",
  "this.getFullYear() == 2023",
  "this + duration('1s') > timestamp('2023-11-14T22:13:20Z') ? '' : 'early'",
  "this < now",
] as const;

const ofDuration = [
  "this > duration('0s')",
  "this.getSeconds() < 2",
  "this + this < duration('3s')",
] as const;

/** Rules in CEL for a value of a type: mostly none. */
export function randomCel(random: Random, type: FieldType): CelInit[] {
  const expressions = expressionsFor(type);
  return expressions === undefined || random.below(5) > 0
    ? []
    : [rule(random, random.pick(expressions))];
}

/** Rules in CEL for a list, or a map. */
export function randomContainerCel(random: Random, kind: "list" | "map"): CelInit[] {
  const of = {
    list: ["this.size() < 3", "size(this) != 1 ? '' : 'one'"] as const,
    map: ["this.size() < 3", "this.all(k, true)", "size(this) > 0 ? '' : 'none'"] as const,
  };
  return random.below(5) > 0 ? [] : [rule(random, random.pick(of[kind]))];
}

function rule(random: Random, expression: string): CelInit {
  const number = random.below(1000);
  return { id: `cel.${number}`, message: random.pick(["", "broken"]), expression };
}

/** Expressions about a value of a type, some of which give a message. */
export function expressionsFor(type: FieldType): readonly [string, ...string[]] | undefined {
  switch (type.kind) {
    case "scalar":
      return scalarExpressions(type.scalar);
    case "enum":
      return ofInt;
    case "Timestamp":
      return ofTime;
    case "Duration":
      return ofDuration;
    case "FieldMask":
      return ["this.paths.size() < 2"];
    default:
      return undefined;
  }
}

function scalarExpressions(scalar: ScalarType): readonly [string, ...string[]] {
  switch (scalar) {
    case ScalarType.STRING:
      return ofText;
    case ScalarType.BYTES:
      return ofBytes;
    case ScalarType.BOOL:
      return ofBool;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return ofDouble;
    case ScalarType.UINT32:
    case ScalarType.UINT64:
    case ScalarType.FIXED32:
    case ScalarType.FIXED64:
      return ofUint;
    default:
      return ofInt;
  }
}
