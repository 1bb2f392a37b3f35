import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { show } from "../fuzz/codec/show.ts";
import { loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();

test.each(fixtures.all.map(({ desc, es, ts }) => [desc.typeName, desc, es, ts] as const))(
  "%s: the message without any field is that of its library",
  (_, desc, es, ts) => {
    expect(show(es.init())).toBe(show(create(desc)));
    if (ts !== undefined) {
      expect(show(ts.codec.init())).toBe(show(ts.decode(new Uint8Array())));
    }
  },
);

test("completes messages at every depth", () => {
  const tree = tsCodec(fixtures.get("codec.v1.Tree"));
  const init = {
    left: { name: "l" },
    children: [{}, { children: [{ name: "deep" }] }],
    named: { a: { wrapper: "w" }, b: undefined },
    timestamp: { seconds: 5n },
  };
  const message = tree.init(init);
  expect(message).toMatchObject({
    name: "",
    left: { name: "l", children: [], named: {} },
    children: [{ name: "", children: [] }, { children: [{ name: "deep", named: {} }] }],
    named: { a: { name: "", wrapper: "w" } },
    timestamp: { seconds: 5n, nanos: 0 },
  });
  expect(Object.keys(message)).toContain("struct");
  expect(Reflect.get(message, "named")).not.toHaveProperty("b");
});

test("keeps lists and maps of the caller apart from the message", () => {
  const lists = tsCodec(fixtures.get("codec.v1.Lists"));
  const stringValue = ["a"];
  const message = lists.init({ stringValue } as object);
  stringValue.push("b");
  expect(message).toMatchObject({ stringValue: ["a"] });
});

test("takes null for not set", () => {
  const scalars = tsCodec(fixtures.get("codec.v1.Scalars"));
  const init: object = { stringValue: null, bytesValue: null, color: null };
  expect(scalars.init(init)).toEqual(scalars.init());
});

test("completes oneofs, maps and wrappers of both models", () => {
  const { desc, es, ts } = fixtures.get("codec.v1.Oneofs");
  const esInit: Record<string, unknown> = {
    choice: { case: "again", value: { choice: { case: "scalars", value: { text: "x" } } } },
    wellKnown: { case: "textWrapper", value: { value: "w" } },
  };
  expect(show(es.init(esInit))).toBe(show(create(desc, esInit)));
  const tsInit: object = {
    choice: { $case: "again", value: { choice: { $case: "scalars", value: { text: "x" } } } },
    wellKnown: { $case: "textWrapper", value: "w" },
  };
  expect(ts?.codec.init(tsInit)).toMatchObject({
    choice: { value: { between: "", choice: { value: { text: "x", boolValue: false } } } },
    wellKnown: { $case: "textWrapper", value: "w" },
  });
});

test("keeps defaults of proto2 on the prototype", () => {
  const { desc, es } = fixtures.get("legacy.v1.Legacy");
  const message: object = es.init({ name: "n" } as object);
  expect(Reflect.get(message, "count")).toBe(41);
  expect(Object.hasOwn(message, "count")).toBe(false);
  const expected: object = create(desc, { name: "n" } as Record<string, unknown>);
  for (const field of desc.fields) {
    expect(Reflect.get(message, field.localName)).toEqual(Reflect.get(expected, field.localName));
  }
});

test("doesn't read what an initializer inherits", () => {
  const names = tsCodec(fixtures.get("codec.v1.names.Names"));
  expect(names.init({})).toMatchObject({ constructor: "", toString: "", hasOwnProperty: "" });
  expect(Reflect.get(names.init({}), "valueOf")).toBeUndefined();
});
