import {
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  ScalarType,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import {
  FieldRulesSchema,
  field as fieldOption,
  MessageRulesSchema,
  message as messageOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Random } from "../../regex/random-pattern.ts";
import { samplePattern } from "../../regex/sample-pattern.ts";

/** What the rules of a field name: the values at which their answers change. */
export interface NearValues {
  readonly texts: string[];
  readonly patterns: string[];
  readonly bytes: Uint8Array[];
  /** Bounds and allowed values, and lengths. */
  readonly numbers: (number | bigint)[];
  readonly times: { readonly seconds: bigint; readonly nanos: number }[];
}

const known = new WeakMap<DescField, NearValues>();

/** What the rules of a field, and those about its whole message, name. */
export function nearValues(field: DescField): NearValues {
  const found = known.get(field);
  if (found !== undefined) {
    return found;
  }
  const near: NearValues = { texts: [], patterns: [], bytes: [], numbers: [], times: [] };
  if (hasOption(field, fieldOption)) {
    collect(near, reflect(FieldRulesSchema, getOption(field, fieldOption)));
  }
  collectMessage(near, field.parent);
  known.set(field, near);
  return near;
}

function collectMessage(near: NearValues, message: DescMessage): void {
  if (hasOption(message, messageOption)) {
    collect(near, reflect(MessageRulesSchema, getOption(message, messageOption)));
  }
}

function collect(near: NearValues, rules: ReflectMessage): void {
  const { typeName } = rules.desc;
  if (typeName === "google.protobuf.Timestamp" || typeName === "google.protobuf.Duration") {
    const { seconds, nanos } = Object.fromEntries(
      rules.fields.map((field) => [field.name, rules.get(field)]),
    );
    near.times.push({ seconds: BigInt(Number(seconds)), nanos: Number(nanos) });
    return;
  }
  for (const field of rules.fields.filter((field) => rules.isSet(field))) {
    const value: unknown = rules.get(field);
    const values: Iterable<unknown> = field.fieldKind === "list" ? rules.get(field) : [value];
    for (const one of values) {
      collectOne(near, field.name, one);
    }
  }
}

function collectOne(near: NearValues, name: string, value: unknown): void {
  if (typeof value === "string") {
    if (name === "pattern") {
      near.patterns.push(value);
    } else if (name === "expression" || name === "cel_expression") {
      collectLiterals(near, value);
    } else if (name !== "id" && name !== "message") {
      near.texts.push(value);
    }
  } else if (typeof value === "number" || typeof value === "bigint") {
    near.numbers.push(value);
  } else if (value instanceof Uint8Array) {
    near.bytes.push(value);
  } else if (isReflected(value)) {
    collect(near, value);
  }
}

/** Texts and numbers in an expression, as near as one gets without its syntax. */
function collectLiterals(near: NearValues, expression: string): void {
  for (const [, single, double, number] of expression.matchAll(
    /'([^'\\]*)'|"([^"\\]*)"|\b(\d+(?:\.\d+)?)u?\b/g,
  )) {
    const text = single ?? double;
    if (text !== undefined) {
      near.texts.push(text);
      if (/[\^$[\\]/.test(text) && isPattern(text)) {
        near.patterns.push(text);
      }
    } else {
      near.numbers.push(Number(number));
    }
  }
}

function isPattern(text: string): boolean {
  try {
    samplePattern({ below: () => 0, pick: ([first]) => first }, text);
    return true;
  } catch {
    return false;
  }
}

function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === "object" && value !== null && "desc" in value && "fields" in value;
}

const units = ["a", "7", "A", "-", "\u00e9", "\u{1f600}"] as const;

/** A text that the rules name or nearly so, or one of a length that they name. */
export function nearText(
  random: Random,
  { texts, patterns, numbers }: NearValues,
): string | undefined {
  const [text, pattern] = [one(random, texts), one(random, patterns)];
  switch (random.below(4)) {
    case 0:
      return text;
    case 1: {
      const length = nearLength(random, numbers);
      return length === undefined ? text : random.pick(units).repeat(length);
    }
    default:
      return pattern === undefined ? text : samplePattern(random, pattern);
  }
}

/** A number that the rules name, or the one before or after it. */
export function nearNumber(
  random: Random,
  { numbers }: NearValues,
  type: ScalarType,
): number | bigint | undefined {
  const number = one(random, numbers);
  if (number === undefined) {
    return undefined;
  }
  if (type === ScalarType.DOUBLE || type === ScalarType.FLOAT) {
    const value = Number(number) * random.pick([1, 1, 1 + Number.EPSILON, 1 + 2 ** -23, 0.5, -1]);
    return type === ScalarType.FLOAT ? Math.fround(value) : value;
  }
  if (typeof number === "number" && !Number.isFinite(number)) {
    return undefined;
  }
  const whole = typeof number === "bigint" ? number : BigInt(Math.trunc(number));
  return intoType(whole + random.pick([0n, 0n, 1n, -1n]), type);
}

/** A length or count that the rules name, or one more or less, if it is no large one. */
export function nearLength(random: Random, numbers: NearValues["numbers"]): number | undefined {
  const length = Number(one(random, numbers)) + random.pick([0, 0, 1, -1]);
  return length >= 0 && length <= 600 ? Math.trunc(length) : undefined;
}

/** A moment or duration that the rules name, or one close to it. */
export function nearTime(
  random: Random,
  { times }: NearValues,
): NearValues["times"][0] | undefined {
  const time = one(random, times);
  return (
    time && {
      seconds: time.seconds + random.pick([0n, 0n, 1n, -1n]),
      nanos: random.pick([time.nanos, time.nanos, 0, 1, 999_999_999]),
    }
  );
}

/** One of a list, if there is any. */
export function one<T>(random: Random, list: readonly T[]): T | undefined {
  return list[random.below(list.length)];
}

function intoType(value: bigint, type: ScalarType): number | bigint {
  switch (type) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return Number(BigInt.asIntN(32, value));
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return Number(BigInt.asUintN(32, value));
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return BigInt.asUintN(64, value);
    default:
      return BigInt.asIntN(64, value);
  }
}
