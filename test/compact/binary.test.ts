import {
  fromBinary as decode,
  toBinary as encode,
  fromJsonString as read,
} from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { CodecError, fromBinary, toBinary, toJsonString } from "botwire/compact";
import { describe, expect, test } from "vitest";
import { randomMessage } from "../fuzz/codec/inputs.ts";
import { createRandom } from "../fuzz/codec/random.ts";
import { show } from "../fuzz/codec/show.ts";
import { fixtures, table, tables, tsOf } from "./tables.ts";

const { registry } = fixtures;

/** What decoding with a table says, in JSON; or why it refuses. */
function decoded(type: string, bytes: Uint8Array): string {
  try {
    return toJsonString(table(type), fromBinary(table(type), bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(CodecError);
    return String(error);
  }
}

/** Bytes with fields that a function writes. */
function bytes(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

describe("messages of every type", () => {
  const random = createRandom(21);

  test.each(tables.map((fixture) => [fixture.desc.typeName, fixture] as const))(
    "%s",
    (_, { desc, ts }) => {
      for (let i = 0; i < 60; i++) {
        const theirs = read(desc, randomMessage(random, desc), { registry });
        const wanted = encode(desc, theirs);
        const message = fromBinary(ts.compact, wanted);
        // Keys of 64 bits may stand in another order.
        const ours = toBinary(ts.compact, message);
        expect(ours).toHaveLength(wanted.length);
        expect(show(decode(desc, ours))).toBe(show(decode(desc, wanted)));
      }
    },
  );

  test.each(tables.map((fixture) => [fixture.desc.typeName, fixture] as const))(
    "%s of ts-proto",
    (_, { desc, ts }) => {
      for (let i = 0; i < 60; i++) {
        const text = randomMessage(random, desc);
        if (/__proto__|-0\b/.test(text)) {
          // What ts-proto drops.
          continue;
        }
        const wanted = encode(desc, read(desc, text, { registry }));
        const theirs = ts.decode(wanted);
        expect(show(fromBinary(ts.compact, wanted))).toBe(show(theirs));
        expect(show(ts.decode(toBinary(ts.compact, theirs)))).toBe(show(theirs));
      }
    },
  );
});

describe("the wire format", () => {
  test("has negative zeros, and lets go of other zeros", () => {
    const message = { ...tsOf("codec.v1.Scalars").codec.init(), doubleValue: -0, int32Value: -0 };
    const encoded = toBinary(table("Scalars"), message);
    expect(encoded).toEqual(bytes((w) => w.tag(1, 1).double(-0)));
    expect(Reflect.get(fromBinary(table("Scalars"), encoded), "doubleValue")).toBe(-0);
  });

  test("takes lists packed and not", () => {
    const mixed = bytes((w) =>
      w.tag(3, 0).int32(1).tag(3, 2).fork().int32(2).int32(-3).join().tag(3, 0).int32(4),
    );
    expect(decoded("Lists", mixed)).toBe('{"int32Value":[1,2,-3,4]}');
    const type = tsOf("protobuf_test_messages.proto3.TestAllTypesProto3").compact;
    const unpacked = bytes((w) => w.tag(89, 0).int32(1).tag(89, 0).int32(2));
    expect(toBinary(type, fromBinary(type, unpacked))).toEqual(unpacked);
  });

  test("merges messages that come in pieces", () => {
    const piece = (write: (w: BinaryWriter) => unknown) => bytes(write);
    const left = (write: (w: BinaryWriter) => unknown) => (w: BinaryWriter) =>
      w.tag(2, 2).bytes(piece(write));
    const whole = bytes((w) => {
      left((w) => w.tag(1, 2).string("a").tag(3, 2).bytes(new Uint8Array()))(w);
      left((w) =>
        w
          .tag(3, 2)
          .bytes(new Uint8Array())
          .tag(8, 2)
          .bytes(piece((w) => w.tag(1, 0).int64(5n))),
      )(w);
      left((w) => w.tag(8, 2).bytes(piece((w) => w.tag(2, 0).int32(7))))(w);
    });
    expect(decoded("Tree", whole)).toBe(
      '{"left":{"name":"a","children":[{},{}],"timestamp":"1970-01-01T00:00:05.000000007Z"}}',
    );
  });

  test("merges a member of a oneof, unless another one comes between", () => {
    const scalars = (write: (w: BinaryWriter) => unknown) => (w: BinaryWriter) =>
      w.tag(8, 2).bytes(bytes(write));
    const first = scalars((w) => w.tag(3, 0).int32(1));
    const second = scalars((w) => w.tag(18, 2).string("b"));
    expect(
      decoded(
        "Oneofs",
        bytes((w) => second(first(w))),
      ),
    ).toBe('{"scalars":{"int32Value":1,"text":"b"}}');
    expect(
      decoded(
        "Oneofs",
        bytes((w) => second(first(w).tag(4, 0).bool(true))),
      ),
    ).toBe('{"scalars":{"text":"b"}}');
  });

  test("completes entries of maps", () => {
    const entry = (number: number, write: (w: BinaryWriter) => unknown) => (w: BinaryWriter) =>
      w.tag(number, 2).bytes(bytes(write));
    const whole = bytes((w) => {
      entry(1, () => {})(w);
      entry(8, (w) => w.tag(2, 2).string("x"))(w);
      entry(22, (w) => w.tag(1, 2).string("k").tag(7, 0).int32(5))(w);
      entry(22, (w) =>
        w
          .tag(2, 2)
          .bytes(bytes((w) => w.tag(3, 0).int32(1)))
          .tag(2, 2)
          .bytes(bytes((w) => w.tag(18, 2).string("t"))),
      )(w);
      entry(23, (w) => w.tag(1, 2).string("__proto__"))(w);
    });
    expect(JSON.parse(decoded("Maps", whole))).toEqual(
      JSON.parse(
        '{"byString":{"":""},"byInt64":{"0":"x"},"toMessage":{"k":{},"":{"int32Value":1,"text":"t"}},"toBytes":{"__proto__":""}}',
      ),
    );
  });

  test("goes behind fields that it doesn't know, and those of another wire type", () => {
    const unknown = bytes((w) =>
      w
        .tag(99, 0)
        .int64(-1n)
        .tag(99, 1)
        .double(1)
        .tag(99, 2)
        .string("x")
        .tag(99, 5)
        .float(1)
        .tag(99, 3)
        .tag(1, 0)
        .int32(1)
        .tag(98, 3)
        .tag(98, 4)
        .tag(99, 4)
        .tag(14, 0)
        .int32(5)
        .tag(3, 2)
        .string("no")
        .tag(18, 2)
        .string("yes"),
    );
    expect(decoded("Scalars", unknown)).toBe('{"text":"yes"}');
  });

  test("has open enums, and integers of 32 bits in 64", () => {
    expect(
      decoded(
        "Scalars",
        bytes((w) => w.tag(16, 0).int32(77)),
      ),
    ).toBe('{"color":77}');
    expect(
      decoded(
        "Scalars",
        bytes((w) => w.tag(3, 0).uint64(2n ** 32n + 5n)),
      ),
    ).toBe('{"int32Value":5}');
    expect(
      decoded(
        "Scalars",
        bytes((w) => w.tag(13, 0).uint64(2n ** 60n)),
      ),
    ).toBe('{"boolValue":true}');
  });

  test("copies bytes", () => {
    const encoded = bytes((w) => w.tag(15, 2).bytes(Uint8Array.of(1, 2)));
    const message = fromBinary(table("Scalars"), encoded);
    encoded.fill(0);
    expect(message).toMatchObject({ bytesValue: Uint8Array.of(1, 2) });
  });

  test("may be part of a larger buffer", () => {
    const larger = Uint8Array.of(9, 9, 0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 9);
    expect(decoded("Scalars", larger.subarray(2, -1))).toBe('{"doubleValue":1}');
  });
});

describe("malformed bytes", () => {
  test.each([
    ["a truncated tag", [0x80], "ends too early"],
    ["a truncated varint", [0x18, 0xff], "ends too early"],
    ["a truncated double", [0x09, 1, 2], "ends too early"],
    ["a truncated string", [0x72, 5, 0x61], "ends too early"],
    [
      "a length beyond all bounds",
      [0x72, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      "ends too early",
    ],
    ["a truncated group", [0x9b, 0x06, 0x08], "ends too early"],
    ["a varint of eleven bytes", [0x18, ...Array(10).fill(0xff), 1], "malformed field"],
    ["field number 0", [0x00, 0x01], "malformed field"],
    ["wire type 6", [0x9e, 0x06], "malformed field"],
    ["wire type 7", [0x9f, 0x06], "malformed field"],
    ["the end of no group", [0x9c, 0x06], "malformed field"],
    ["the end of another group", [0x9b, 0x06, 0xa4, 0x06], "malformed field"],
    ["a field number of 33 bits", [0x88, 0x80, 0x80, 0x80, 0x10, 0], "malformed field"],
    ["no UTF-8", [0x72, 1, 0xff], "not valid UTF-8"],
    ["half a surrogate pair", [0x72, 3, 0xed, 0xa0, 0x80], "not valid UTF-8"],
  ])("%s", (_, input, message) => {
    expect(decoded("Scalars", Uint8Array.from(input))).toBe(
      `CodecError: cannot read codec.v1.Scalars from bytes: ${message}`,
    );
  });

  test("a message may not end behind the one around it", () => {
    expect(decoded("Tree", Uint8Array.of(0x12, 2, 0x0a, 4, 1, 2, 3, 4))).toContain(
      "ends too early",
    );
  });

  test("end at 100 levels, as in protobuf-es", () => {
    const nested = (levels: number) => {
      let inner = new Uint8Array();
      for (let i = 0; i < levels; i++) {
        inner = Uint8Array.from(bytes((w) => w.tag(2, 2).bytes(inner)));
      }
      return inner;
    };
    const { desc } = fixtures.get("codec.v1.Tree");
    expect(() => decode(desc, nested(99))).not.toThrow();
    expect(() => fromBinary(table("Tree"), nested(99))).not.toThrow();
    expect(() => decode(desc, nested(100))).toThrow();
    expect(() => fromBinary(table("Tree"), nested(100))).toThrow("nested deeper than 100 levels");
    expect(() => fromBinary(table("Tree"), nested(100), { maxDepth: 101 })).not.toThrow();
    const groups = Uint8Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? 0x9b : 0x06));
    expect(() => fromBinary(table("Tree"), groups)).toThrow("nested deeper than 100 levels");
  });

  test("never throw anything else", () => {
    const random = createRandom(4);
    let refused = 0;
    for (let i = 0; i < 20_000; i++) {
      const { desc, ts } = random.pick(tables);
      const input = encode(desc, read(desc, randomMessage(random, desc), { registry }));
      for (let changes = random.below(4); changes >= 0 && input.length > 0; changes--) {
        input[random.below(input.length)] = random.below(256);
      }
      const cut = input.subarray(0, random.oneIn(3) ? random.below(input.length + 1) : undefined);
      try {
        const message = fromBinary(ts.compact, cut);
        expect(show(fromBinary(ts.compact, toBinary(ts.compact, message)))).toBe(show(message));
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(2_000);
    expect(refused).toBeLessThan(18_000);
  });
});

describe("values of a wrong type", () => {
  const { codec } = tsOf("codec.v1.Scalars");
  const encodeWith = (members: object) => () =>
    toBinary(table("Scalars"), { ...codec.init(), ...members });

  test.each([
    [{ int32Value: 2 ** 31 }, "int32Value: expected int32, got 2147483648"],
    [{ int32Value: "5" }, 'int32Value: expected int32, got "5"'],
    [{ uint64Value: 2n ** 64n }, "uint64Value: expected uint64, got bigint"],
    [{ floatValue: 1e39 }, "floatValue: expected number in the range of float, got 1e+39"],
    [{ text: "\udc00" }, "text: expected string, got one with an unpaired surrogate"],
    [{ bytesValue: "" }, 'bytesValue: expected base64 string, got ""'],
    [{ color: "COLOR_RED" }, 'color: expected a name of enum codec.v1.Color, got "COLOR_RED"'],
  ])("%o", (members, problem) => {
    expect(encodeWith(members)).toThrow(`cannot write codec.v1.Scalars to bytes: ${problem}`);
  });

  test("are found at every depth", () => {
    const tree = tsOf("codec.v1.Tree").codec.init();
    const broken = { ...tree, children: [tree, { ...tree, named: { "a b": 5 } }] };
    expect(() => toBinary(table("Tree"), broken)).toThrow(
      'children[1].named["a b"]: expected object, got 5',
    );
  });

  test("leave nothing behind", () => {
    expect(encodeWith({ text: "x".repeat(100_000), int32Value: "5" })).toThrow();
    expect(encodeWith({ int32Value: 5 })()).toEqual(Uint8Array.of(0x18, 5));
  });

  test("large messages and small ones come out right in turn", () => {
    const text = "\u4f60".repeat(50_000);
    const large = encodeWith({ text })();
    expect(fromBinary(table("Scalars"), large)).toMatchObject({ text });
    expect(encodeWith({ int32Value: 5 })()).toEqual(Uint8Array.of(0x18, 5));
  });
});
