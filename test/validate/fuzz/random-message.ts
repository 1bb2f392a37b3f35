import {
  create,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { reflect, reflectList, reflectMap } from "@bufbuild/protobuf/reflect";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import type { Random } from "../../regex/random-pattern.ts";
import {
  type NearValues,
  nearLength,
  nearNumber,
  nearText,
  nearTime,
  nearValues,
  one,
} from "./near-values.ts";
import { oddNumber, oddText, oddTime } from "./odd-values.ts";
import { randomNumber } from "./random-number.ts";
import { randomDuration, randomMoment, randomPath } from "./random-rules.ts";
import { randomBytes, randomText } from "./random-text.ts";

const nothingNear: NearValues = { texts: [], patterns: [], bytes: [], numbers: [], times: [] };

/**
 * A message of protobuf-es, not too deep, with random values: many at the
 * borders that the rules draw, some that hardly anything expects.
 */
export function randomMessage(
  random: Random,
  desc: DescMessage,
  near: NearValues = nothingNear,
  depth = 0,
): Message {
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return create(desc, timestampInit(random, near));
    case "google.protobuf.Duration": {
      const { seconds, nanos } =
        random.below(10) === 0
          ? oddTime(random)
          : ((random.below(2) === 0 ? nearTime(random, near) : undefined) ??
            randomDuration(random));
      return create(desc, { seconds, nanos });
    }
    case "google.protobuf.FieldMask":
      return create(desc, {
        paths: repeat(random, near, depth, () =>
          random.below(2) === 0 ? (one(random, near.texts) ?? "a") : randomPath(random),
        ),
      });
    case "google.protobuf.Any":
      return create(desc, {
        typeUrl: random.pick(["type.googleapis.com/a.B", "x", one(random, near.texts) ?? ""]),
      });
  }
  // Unchecked: text may hold surrogates that stand alone.
  const message = reflect(desc, undefined, false);
  const isWrapper = desc.typeName.startsWith("google.protobuf.");
  // Seldom a message in which nearly all is set, or nearly nothing.
  const density = random.pick([1, 4, 4, 4, 12]);
  for (const field of desc.fields) {
    if (density === 1 ? random.below(4) === 0 : random.below(density) > 0) {
      setField(random, message, field, isWrapper ? near : nearValues(field), depth);
    }
  }
  return message.message;
}

/** The message with one field cleared or set anew, its own or one below it. */
export function changedMessage(
  random: Random,
  desc: DescMessage,
  message: Message,
  depth = 0,
): Message {
  // Not by `clone`, which checks text; what isn't changed may be shared.
  const copy: Message = Object.assign(Object.create(Object.getPrototypeOf(message)), message);
  const changed = reflect(desc, copy, false);
  const field = one(random, desc.fields);
  if (field === undefined) {
    return copy;
  }
  const isOwn = field.message?.file === desc.file;
  if (field.fieldKind === "message" && isOwn && changed.isSet(field) && random.below(3) > 0) {
    const inner = changedMessage(random, field.message, changed.get(field).message, depth + 1);
    changed.set(field, reflect(field.message, inner, false));
  } else if (random.below(8) === 0) {
    changed.clear(field);
  } else {
    setField(random, changed, field, nearValues(field), depth);
  }
  return copy;
}

/** Also moments around the present, far enough from it not to change sides in a slow test. */
function timestampInit(random: Random, near: NearValues) {
  switch (random.below(10)) {
    case 0:
      return oddTime(random);
    case 1:
    case 2: {
      const { seconds, nanos } = timestampNow();
      const away = random.pick([60n, 600n, 3_000n, 40_000n, 80_000n, 1_000_000n, 40_000_000n]);
      return { seconds: seconds + random.pick([away, -away]), nanos };
    }
    case 3:
    case 4:
    case 5:
    case 6:
      return nearTime(random, near) ?? randomMoment(random);
    default:
      return randomMoment(random);
  }
}

function setField(
  random: Random,
  message: ReturnType<typeof reflect>,
  field: DescField,
  near: NearValues,
  depth: number,
): void {
  const isDeep =
    depth > 2 && field.message !== undefined && !field.message.typeName.startsWith("google.");
  if (isDeep) {
    return;
  }
  switch (field.fieldKind) {
    case "list": {
      const list = reflectList(field, undefined, false);
      for (const value of repeat(random, near, depth, () =>
        randomValue(random, field, near, depth),
      )) {
        list.add(value);
      }
      message.set(field, list);
      break;
    }
    case "map": {
      const map = reflectMap(field, undefined, false);
      for (const value of repeat(random, near, depth, () =>
        randomValue(random, field, near, depth),
      )) {
        map.set(randomKey(random, field.mapKey, near), value);
      }
      message.set(field, map);
      break;
    }
    default:
      message.set(field, randomValue(random, field, near, depth));
  }
}

function randomValue(random: Random, field: DescField, near: NearValues, depth: number): unknown {
  if (field.message !== undefined) {
    const message = randomMessage(random, field.message, near, depth + 1);
    return reflect(field.message, message, false);
  }
  if (field.enum === undefined) {
    return randomScalar(random, field.scalar ?? ScalarType.INT32, near);
  }
  const declared = one(random, field.enum.values)?.number ?? 0;
  const number = random.pick([0, 1, 2, -1, 5, 7, declared, declared, declared]);
  return field.enum.open || field.enum.value[number] !== undefined ? number : declared;
}

function randomScalar(random: Random, scalar: ScalarType, near: NearValues): unknown {
  switch (scalar) {
    case ScalarType.STRING:
      return anyText(random, near);
    case ScalarType.BYTES:
      return anyBytes(random, near);
    case ScalarType.BOOL:
      return random.below(2) === 0;
    default:
      return anyNumber(random, scalar, near);
  }
}

function anyText(random: Random, near: NearValues): string {
  const base = (random.below(2) === 0 ? nearText(random, near) : undefined) ?? randomText(random);
  return random.below(8) === 0 ? oddText(random, base) : base;
}

function anyBytes(random: Random, near: NearValues): Uint8Array {
  const length = nearLength(random, near.numbers);
  switch (random.below(6)) {
    case 0:
      return one(random, near.bytes) ?? randomBytes(random);
    case 1:
      return new Uint8Array(length ?? 4).fill(random.pick([0, 0x61, 0xff, 0x80]));
    case 2:
      return new TextEncoder().encode(anyText(random, near));
    default:
      return randomBytes(random);
  }
}

function anyNumber(random: Random, scalar: ScalarType, near: NearValues): number | bigint {
  switch (random.below(8)) {
    case 0:
      return oddNumber(random, scalar);
    case 1:
    case 2:
    case 3:
      return nearNumber(random, near, scalar) ?? randomNumber(random, scalar);
    default:
      return randomNumber(random, scalar);
  }
}

function randomKey(
  random: Random,
  scalar: ScalarType,
  near: NearValues,
): string | number | bigint | boolean {
  switch (scalar) {
    case ScalarType.STRING:
      return random.pick([
        "constructor",
        "",
        "1",
        "__proto__",
        anyText(random, near),
        anyText(random, near),
      ]);
    case ScalarType.BOOL:
      return random.below(2) === 0;
    default:
      return anyNumber(random, scalar, near);
  }
}

/** Some values: mostly few, at times as many as the rules name, seldom hundreds. */
function repeat<T>(random: Random, near: NearValues, depth: number, make: () => T): T[] {
  if (depth > 0) {
    return Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, make);
  }
  const bound = random.below(3) === 0 ? nearLength(random, near.numbers) : undefined;
  const many = random.below(100) === 0 ? 300 : 12;
  const length = bound !== undefined && bound < 40 ? bound : random.pick([0, 1, 2, 3, many]);
  return Array.from({ length }, make);
}
