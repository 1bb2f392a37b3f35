import {
  create,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { reflect, reflectList, reflectMap } from "@bufbuild/protobuf/reflect";
import type { Random } from "../../regex/random-pattern.ts";
import { randomNumber } from "./random-number.ts";
import { randomDuration, randomMoment, randomPath } from "./random-rules.ts";
import { randomBytes, randomText } from "./random-text.ts";

/** A message of protobuf-es with random values, not too deep. */
export function randomMessage(random: Random, desc: DescMessage, depth = 0): Message {
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return create(desc, randomMoment(random));
    case "google.protobuf.Duration": {
      const { seconds, nanos } = randomDuration(random);
      return create(desc, { seconds, nanos });
    }
    case "google.protobuf.FieldMask":
      return create(desc, { paths: repeat(random, () => randomPath(random)) });
    case "google.protobuf.Any":
      return create(desc, { typeUrl: random.pick(["type.googleapis.com/a.B", "x", ""]) });
  }
  const message = reflect(desc);
  for (const field of desc.fields) {
    if (random.below(4) > 0) {
      setField(random, message, field, depth);
    }
  }
  return message.message;
}

function setField(
  random: Random,
  message: ReturnType<typeof reflect>,
  field: DescField,
  depth: number,
): void {
  const isDeep = depth > 2 && field.message?.file.proto.package === "fuzz";
  if (isDeep) {
    return;
  }
  switch (field.fieldKind) {
    case "list": {
      const list = reflectList(field);
      for (const value of repeat(random, () => randomValue(random, field, depth))) {
        list.add(value);
      }
      message.set(field, list);
      break;
    }
    case "map": {
      const map = reflectMap(field);
      for (const value of repeat(random, () => randomValue(random, field, depth))) {
        map.set(randomKey(random, field.mapKey), value);
      }
      message.set(field, map);
      break;
    }
    default:
      message.set(field, randomValue(random, field, depth));
  }
}

function randomValue(random: Random, field: DescField, depth: number): unknown {
  if (field.message !== undefined) {
    return reflect(field.message, randomMessage(random, field.message, depth + 1));
  }
  if (field.enum === undefined) {
    return randomScalar(random, field.scalar);
  }
  const number = random.pick([0, 1, 2, -1, 5, 7]);
  return field.enum.open || field.enum.value[number] !== undefined ? number : 0;
}

function randomScalar(random: Random, scalar: ScalarType | undefined): unknown {
  switch (scalar) {
    case ScalarType.STRING:
      return randomText(random);
    case ScalarType.BYTES:
      return randomBytes(random);
    case ScalarType.BOOL:
      return random.below(2) === 0;
    default:
      return randomNumber(random, scalar ?? ScalarType.INT32);
  }
}

function randomKey(random: Random, scalar: ScalarType): string | number | bigint | boolean {
  switch (scalar) {
    case ScalarType.STRING:
      return random.pick(["constructor", "", "1", randomText(random)]);
    case ScalarType.BOOL:
      return random.below(2) === 0;
    default:
      return randomNumber(random, scalar);
  }
}

function repeat<T>(random: Random, make: () => T): T[] {
  return Array.from({ length: random.pick([0, 1, 2, 3, 20]) }, make);
}
