// The rules of bench/validate/proto/bench/validate/v1/meeting.proto in the
// languages of other libraries. Each export answers whether an object is valid.
import Ajv from "ajv";
import { type } from "arktype";
import { Compile } from "typebox/compile";
import Format from "typebox/format";
import * as v from "valibot";
import * as z from "zod";

const emailPattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const uuidPattern = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const labelPattern = /^[a-z_]{1,32}$/;
const channelPattern = /^C[A-Z0-9]{8,}$/;
const uint32 = 4294967295;

const isUnique = (list) => new Set(list).size === list.length;
const isInt32 = (value) => (value | 0) === value;
const isUint32 = (value) => value >>> 0 === value;
const isOrdered = (meeting) =>
  meeting.start < meeting.end && meeting.attendees.length <= meeting.capacity;

const text = (minLength, maxLength) => ({ type: "string", minLength, maxLength });
const member = (name, value) => ({ properties: { $case: { const: name }, value } });
const record = (properties) => ({ type: "object", required: Object.keys(properties), properties });

/** JSON Schema, for ajv and typebox. */
const jsonSchema = record({
  requestId: { type: "string", format: "botuuid" },
  title: text(1, 120),
  slug: { type: "string", maxLength: 64, pattern: slugPattern.source },
  organizerEmail: { type: "string", format: "botemail" },
  start: { type: "integer", exclusiveMinimum: 0, maximum: uint32 },
  end: { type: "integer", exclusiveMinimum: 0, maximum: uint32 },
  capacity: { type: "integer", minimum: 1, maximum: 500 },
  retries: { type: "integer", minimum: 0, maximum: 10 },
  budget: { type: "number", minimum: 0 },
  priority: { enum: [1, 2, 3] },
  tags: { type: "array", minItems: 1, maxItems: 16, uniqueItems: true, items: text(1, 32) },
  labels: {
    type: "object",
    minProperties: 1,
    maxProperties: 16,
    propertyNames: { pattern: labelPattern.source },
    additionalProperties: { type: "string", maxLength: 128 },
  },
  attendees: {
    type: "array",
    minItems: 1,
    maxItems: 50,
    items: record({
      email: { type: "string", format: "botemail" },
      name: text(1, 64),
      age: { type: "integer", minimum: 0, maximum: 150 },
    }),
  },
  location: record({
    lat: { type: "number", minimum: -90, maximum: 90 },
    lng: { type: "number", minimum: -180, maximum: 180 },
    label: { type: "string", maxLength: 100 },
  }),
  target: {
    type: "object",
    required: ["$case", "value"],
    oneOf: [
      member("channelId", { type: "string", pattern: channelPattern.source }),
      member("roomId", text(1, 40)),
      member(
        "webhook",
        record({
          url: { type: "string", pattern: "^https://", maxLength: 2048 },
          secret: text(16, 128),
        }),
      ),
    ],
  },
});

function compileAjv() {
  const options = { $data: true, discriminator: true, strict: false };
  const compiler = new Ajv.default(options);
  compiler.addFormat("botemail", emailPattern);
  compiler.addFormat("botuuid", uuidPattern);
  const schema = structuredClone(jsonSchema);
  schema.properties.end.exclusiveMinimum = { $data: "1/start" };
  schema.properties.target.discriminator = { propertyName: "$case" };
  return compiler.compile(schema);
}

const ajvCompiled = compileAjv();
export const ajv = (meeting) =>
  ajvCompiled(meeting) && meeting.attendees.length <= meeting.capacity;

Format.Set("botemail", (value) => emailPattern.test(value));
Format.Set("botuuid", (value) => uuidPattern.test(value));
const typeboxCompiled = Compile(jsonSchema);
export const typebox = (meeting) => typeboxCompiled.Check(meeting) && isOrdered(meeting);

const zodSchema = z
  .object({
    requestId: z.string().regex(uuidPattern),
    title: z.string().min(1).max(120),
    slug: z.string().max(64).regex(slugPattern),
    organizerEmail: z.string().regex(emailPattern),
    start: z.uint32().gt(0),
    end: z.uint32().gt(0),
    capacity: z.int32().gte(1).lte(500),
    retries: z.uint32().lte(10),
    budget: z.number().gte(0),
    priority: z.literal([1, 2, 3]),
    tags: z.array(z.string().min(1).max(32)).min(1).max(16).refine(isUnique),
    labels: z.record(z.string().regex(labelPattern), z.string().max(128)).refine((labels) => {
      const count = Object.keys(labels).length;
      return count >= 1 && count <= 16;
    }),
    attendees: z
      .array(
        z.object({
          email: z.string().regex(emailPattern),
          name: z.string().min(1).max(64),
          age: z.int32().gte(0).lte(150),
        }),
      )
      .min(1)
      .max(50),
    location: z.object({
      lat: z.number().gte(-90).lte(90),
      lng: z.number().gte(-180).lte(180),
      label: z.string().max(100),
    }),
    target: z.discriminatedUnion("$case", [
      z.object({ $case: z.literal("channelId"), value: z.string().regex(channelPattern) }),
      z.object({ $case: z.literal("roomId"), value: z.string().min(1).max(40) }),
      z.object({
        $case: z.literal("webhook"),
        value: z.object({
          url: z.string().startsWith("https://").max(2048),
          secret: z.string().min(16).max(128),
        }),
      }),
    ]),
  })
  .refine(isOrdered);
export const zod = (meeting) => zodSchema.safeParse(meeting).success;

const valibotSchema = v.pipe(
  v.object({
    requestId: v.pipe(v.string(), v.regex(uuidPattern)),
    title: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
    slug: v.pipe(v.string(), v.maxLength(64), v.regex(slugPattern)),
    organizerEmail: v.pipe(v.string(), v.regex(emailPattern)),
    start: v.pipe(v.number(), v.check(isUint32), v.gtValue(0)),
    end: v.pipe(v.number(), v.check(isUint32), v.gtValue(0)),
    capacity: v.pipe(v.number(), v.check(isInt32), v.minValue(1), v.maxValue(500)),
    retries: v.pipe(v.number(), v.check(isUint32), v.maxValue(10)),
    budget: v.pipe(v.number(), v.finite(), v.minValue(0)),
    priority: v.picklist([1, 2, 3]),
    tags: v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(32))),
      v.minLength(1),
      v.maxLength(16),
      v.check(isUnique),
    ),
    labels: v.pipe(
      v.record(v.pipe(v.string(), v.regex(labelPattern)), v.pipe(v.string(), v.maxLength(128))),
      v.minEntries(1),
      v.maxEntries(16),
    ),
    attendees: v.pipe(
      v.array(
        v.object({
          email: v.pipe(v.string(), v.regex(emailPattern)),
          name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
          age: v.pipe(v.number(), v.check(isInt32), v.minValue(0), v.maxValue(150)),
        }),
      ),
      v.minLength(1),
      v.maxLength(50),
    ),
    location: v.object({
      lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
      lng: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
      label: v.pipe(v.string(), v.maxLength(100)),
    }),
    target: v.variant("$case", [
      v.object({
        $case: v.literal("channelId"),
        value: v.pipe(v.string(), v.regex(channelPattern)),
      }),
      v.object({
        $case: v.literal("roomId"),
        value: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
      }),
      v.object({
        $case: v.literal("webhook"),
        value: v.object({
          url: v.pipe(v.string(), v.startsWith("https://"), v.maxLength(2048)),
          secret: v.pipe(v.string(), v.minLength(16), v.maxLength(128)),
        }),
      }),
    ]),
  }),
  v.check(isOrdered),
);
export const valibot = (meeting) => v.safeParse(valibotSchema, meeting).success;

const arktypeSchema = type({
  requestId: uuidPattern,
  title: "1 <= string <= 120",
  slug: type("string <= 64").and(slugPattern),
  organizerEmail: emailPattern,
  start: "0 < number.integer <= 4294967295",
  end: "0 < number.integer <= 4294967295",
  capacity: "1 <= number.integer <= 500",
  retries: "0 <= number.integer <= 10",
  budget: "number >= 0",
  priority: "1 | 2 | 3",
  tags: type("1 <= string <= 32").array().atLeastLength(1).atMostLength(16).narrow(isUnique),
  labels: type({ "[string]": "string <= 128" }).narrow((labels) => {
    const keys = Object.keys(labels);
    return keys.length >= 1 && keys.length <= 16 && keys.every((key) => labelPattern.test(key));
  }),
  attendees: type({
    email: emailPattern,
    name: "1 <= string <= 64",
    age: "0 <= number.integer <= 150",
  })
    .array()
    .atLeastLength(1)
    .atMostLength(50),
  location: { lat: "-90 <= number <= 90", lng: "-180 <= number <= 180", label: "string <= 100" },
  target: type({ $case: "'channelId'", value: channelPattern })
    .or({ $case: "'roomId'", value: "1 <= string <= 40" })
    .or({
      $case: "'webhook'",
      value: { url: type("string <= 2048").and(/^https:\/\//), secret: "16 <= string <= 128" },
    }),
}).narrow(isOrdered);
export const arktype = (meeting) => arktypeSchema.allows(meeting);
