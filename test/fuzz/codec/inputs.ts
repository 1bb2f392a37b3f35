import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { Random } from "./random.ts";
import { traps } from "./traps.ts";

/** JSON text that is mostly right for the message. */
export function randomMessage(random: Random, desc: DescMessage, depth = 0): string {
  const special = specialText(random, desc, depth);
  if (special !== undefined) {
    return special;
  }
  const members: string[] = [];
  const chosen = new Set<string>();
  for (const field of desc.fields) {
    const oneof = field.oneof?.name;
    const wanted = desc.fields.length > 30 ? 6 : 2;
    if (!random.oneIn(wanted) || (oneof !== undefined && chosen.has(oneof))) {
      continue;
    }
    if (depth > 3 && field.message !== undefined) {
      continue;
    }
    if (oneof !== undefined) {
      chosen.add(oneof);
    }
    const name = random.oneIn(3) ? field.name : field.jsonName;
    members.push(`${JSON.stringify(name)}:${randomField(random, field, depth)}`);
  }
  return `{${members.join(",")}}`;
}

function randomField(random: Random, field: DescField, depth: number): string {
  if (random.oneIn(20)) {
    return "null";
  }
  switch (field.fieldKind) {
    case "list":
      return `[${repeat(random, 4, () => randomValue(random, field, depth)).join(",")}]`;
    case "map": {
      const keys = new Set(repeat(random, 4, () => randomKey(random, field.mapKey)));
      const entries = [...keys].map(
        (key) => `${JSON.stringify(key)}:${randomValue(random, field, depth)}`,
      );
      return `{${entries.join(",")}}`;
    }
    default:
      return randomValue(random, field, depth);
  }
}

function randomValue(random: Random, field: DescField, depth: number): string {
  if (field.message !== undefined) {
    return randomMessage(random, field.message, depth + 1);
  }
  if (field.enum !== undefined) {
    const value = random.pick(field.enum.values);
    return random.oneIn(3) ? String(value.number) : JSON.stringify(value.name);
  }
  return randomScalar(random, field.scalar);
}

function randomScalar(random: Random, scalar: ScalarType | undefined): string {
  switch (scalar) {
    case ScalarType.STRING:
      return JSON.stringify(randomText(random));
    case ScalarType.BOOL:
      return random.oneIn(2) ? "true" : "false";
    case ScalarType.BYTES:
      return JSON.stringify(
        Buffer.from(repeat(random, 20, () => random.below(256))).toString(
          random.oneIn(2) ? "base64" : "base64url",
        ),
      );
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return random.oneIn(8)
        ? random.pick(['"NaN"', '"Infinity"', '"-Infinity"', "-0"])
        : String((random.next() - 0.5) * 10 ** random.below(30));
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64: {
      const value = BigInt.asIntN(64, randomBits(random));
      return random.oneIn(4) ? String(value >> 12n) : `"${value}"`;
    }
    case ScalarType.UINT64:
    case ScalarType.FIXED64: {
      const value = BigInt.asUintN(64, randomBits(random));
      return random.oneIn(4) ? String(value >> 12n) : `"${value}"`;
    }
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return quoteSometimes(random, random.below(2 ** 32));
    default:
      return quoteSometimes(random, random.below(2 ** 32) - 2 ** 31);
  }
}

function randomKey(random: Random, key: ScalarType): string {
  return key === ScalarType.STRING
    ? random.pick(["a", "b", "", "__proto__", "constructor", "ключ", randomText(random)])
    : String(JSON.parse(randomScalar(random, key)));
}

function specialText(random: Random, desc: DescMessage, depth: number): string | undefined {
  if (!hasCustomJsonRepresentation(desc)) {
    return undefined;
  }
  switch (desc.typeName) {
    case "google.protobuf.Any":
      return '{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1.5s"}';
    case "google.protobuf.Timestamp":
      return `"${new Date(random.below(8e15) - 4e15 < -62135596800000 ? 0 : random.below(2e14)).toISOString()}"`;
    case "google.protobuf.Duration":
      return `"${random.below(1e6) - 5e5}.${String(random.below(1e9)).padStart(9, "0")}s"`;
    case "google.protobuf.FieldMask":
      return random.pick(['""', '"fooBar"', '"a.bC,d"']);
    case "google.protobuf.Struct":
      return `{"a":${randomJson(random, depth)},"b":${randomJson(random, depth)}}`;
    case "google.protobuf.ListValue":
      return `[${randomJson(random, depth)},${randomJson(random, depth)}]`;
    case "google.protobuf.Value":
      return randomJson(random, depth);
    default:
      return randomScalar(random, desc.fields[0]?.scalar);
  }
}

function randomJson(random: Random, depth: number): string {
  switch (random.below(depth > 4 ? 4 : 6)) {
    case 0:
      return "null";
    case 1:
      return String(random.below(1000) / 8);
    case 2:
      return JSON.stringify(randomText(random));
    case 3:
      return "true";
    case 4:
      return `[${repeat(random, 3, () => randomJson(random, depth + 1)).join(",")}]`;
    default:
      return `{"a":${randomJson(random, depth + 1)},"__proto__":${randomJson(random, depth + 1)}}`;
  }
}

/** A JSON text with one or more things changed; usually still JSON. */
export function mutate(random: Random, text: string, desc: DescMessage): string {
  let result = text;
  for (let i = random.below(3); i >= 0; i--) {
    result = mutateOnce(random, result, desc);
  }
  return result;
}

function mutateOnce(random: Random, text: string, desc: DescMessage): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g) ?? [text];
  const at = random.below(tokens.length);
  const replace = (token: string) =>
    [...tokens.slice(0, at), token, ...tokens.slice(at + 1)].join("");
  const token = tokens[at] ?? "";
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      // A value becomes a trap; on a key or bracket the text may break, which is fine as well.
      return /^[{}[\],:]$/.test(token) ? text : replace(random.pick(traps));
    case 3:
      return replace("");
    case 4:
      return replace(token + random.pick([" ", "\n", ",", token]));
    case 5: {
      // A member more: one that exists by either name, or one that doesn't.
      const name =
        desc.fields.length === 0 || random.oneIn(4)
          ? random.pick(["unknown", "__proto__", "constructor", "[legacy.v1.extra]", ""])
          : pickName(random, desc);
      const member = `${JSON.stringify(name)}:${random.pick(traps)}`;
      return text.startsWith("{") ? `{${member}${text === "{}" ? "" : ","}${text.slice(1)}` : text;
    }
    case 6: {
      // The same key once more.
      const key = tokens.findIndex(
        (each, i) => tokens[i + 1] === ":" && each.startsWith('"') && i >= at,
      );
      return key < 0
        ? text
        : [
            ...tokens.slice(0, key),
            tokens[key],
            ":",
            random.pick(traps),
            ",",
            ...tokens.slice(key),
          ].join("");
    }
    default: {
      const position = random.below(text.length + 1);
      return (
        text.slice(0, position) +
        random.pick(['"', "\\", "{", "]", ":", "\ud800", "0", "e", "\\u00e9"]) +
        text.slice(position)
      );
    }
  }
}

/** Members for every field, each with the given value: type confusion everywhere. */
export function confuse(desc: DescMessage, trap: string): string[] {
  return desc.fields.flatMap((field) => {
    const name = JSON.stringify(field.jsonName);
    const text = [`{${name}:${trap}}`];
    if (field.fieldKind === "list") {
      text.push(`{${name}:[${trap}]}`);
    } else if (field.fieldKind === "map") {
      text.push(`{${name}:{"${field.mapKey === ScalarType.BOOL ? "true" : "1"}":${trap}}}`);
    }
    return text;
  });
}

function pickName(random: Random, desc: DescMessage): string {
  const field = random.pick(desc.fields);
  return random.oneIn(2) ? field.name : field.jsonName;
}

function randomText(random: Random): string {
  return random.oneIn(6)
    ? random.pick(["", "é", "漢字", "\u{1f600}", '"\\\n\u2028', ":", " : ", "__proto__"])
    : random
        .next()
        .toString(36)
        .slice(2, 2 + random.below(8));
}

function randomBits(random: Random): bigint {
  return BigInt(random.below(2 ** 32)) * 2n ** 32n + BigInt(random.below(2 ** 32));
}

function quoteSometimes(random: Random, number: number): string {
  return random.oneIn(5) ? `"${number}"` : String(number);
}

function repeat<T>(random: Random, limit: number, make: () => T): T[] {
  return Array.from({ length: random.below(limit) }, make);
}
