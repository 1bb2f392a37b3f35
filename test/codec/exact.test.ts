import { describe, expect, test } from "vitest";
import { ExactJsonReader } from "../../src/runtime/codec/exact-reader.ts";
import { readBytes, readText } from "../../src/runtime/codec/read-json.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();

function read(type: string, text: string) {
  const codec = tsCodec(fixtures.get(`codec.v1.${type}`));
  const result = readText(codec, text, {}, ExactJsonReader);
  expect(readBytes(codec, new TextEncoder().encode(text), {}, ExactJsonReader)).toEqual(result);
  return result;
}

describe("an exact reader", () => {
  test("reads integers of 64 bits digit by digit", () => {
    const text =
      '{"int64Value":-9223372036854775808,"uint64Value":18446744073709551615,"sint64Value":9007199254740993,"sfixed64Value":9007199254740991,"doubleValue":7340000000000000001}';
    expect(read("Scalars", text)).toMatchObject({
      ok: true,
      message: {
        int64Value: -9223372036854775808n,
        uint64Value: 18446744073709551615n,
        sint64Value: 9007199254740993n,
        sfixed64Value: 9007199254740991n,
        doubleValue: 7.34e18,
      },
    });
  });

  test("takes integers that a number can't hold for text", () => {
    expect(read("Scalars", '{"stringValue":7340000000000000001}')).toMatchObject({
      ok: true,
      message: { stringValue: "7340000000000000001" },
    });
    const text = '{"struct":{"id":7340000000000000001,"ids":[1,-7340000000000000002]}}';
    expect(read("Tree", text)).toMatchObject({
      ok: true,
      message: { struct: { id: "7340000000000000001", ids: [1, "-7340000000000000002"] } },
    });
  });

  test.each([
    ["Scalars", '{"stringValue":9007199254740991}', "stringValue"],
    ["Scalars", '{"stringValue":7340000000000000001.0}', "stringValue"],
    ["Scalars", '{"stringValue":123456789012345678901}', "stringValue"],
    ["Scalars", '{"bytesValue":7340000000000000001}', "bytesValue"],
    ["Scalars", '{"boolValue":7340000000000000001}', "boolValue"],
    ["Scalars", '{"int32Value":7340000000000000001}', "int32Value"],
    ["Scalars", '{"int64Value":9223372036854775808}', "int64Value"],
    ["Scalars", '{"int64Value":1.5}', "int64Value"],
    ["Tree", '{"name":7340000000000000001,"name":"a"}', "name"],
    ["Tree", '{"timestamp":7340000000000000001}', "timestamp"],
  ])("of %s refuses %s", (type, text, path) => {
    expect(read(type, text)).toMatchObject({ ok: false, problems: [{ path }] });
  });

  test.each(["01", "1.", ".5", "-", "+1", "1e", "1e+", "0x10", "7340000000000000001x", "1_0"])(
    "knows that %s is no JSON",
    (text) => {
      for (const field of ["int64Value", "stringValue", "doubleValue"]) {
        const message = expect.stringMatching(/^not well-formed JSON/);
        expect(read("Scalars", `{"${field}":${text}}`)).toMatchObject({
          ok: false,
          problems: [{ path: "", message }],
        });
      }
    },
  );
});
