import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type GeneratedSchema,
  implement,
  type ServiceContract,
  silentLogger,
  type Unary,
} from "botwire";
import { toJsonString, tryFromJsonString, tryFromParams } from "botwire/codec";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { describe, expect, test } from "vitest";
import { generate } from "../codec/generate.ts";
import { show } from "../fuzz/codec/show.ts";
import { tables, tsOf } from "./tables.ts";

const { codec, bridge } = tsOf("codec.v1.Tree");

test.each(tables.map(({ desc, ts }) => [desc.typeName, ts] as const))(
  "%s: schemas complete messages, and read parameters, as generated functions do",
  (_, { codec, bridge }) => {
    expect(show(bridge.init())).toBe(show(codec.init()));
    const names = (list: readonly string[] = []) => [...new Set(list)].sort();
    expect(names(bridge.params.bool)).toEqual(names(codec.params.bool));
    expect(names(bridge.params.json)).toEqual(names(codec.params.json));
  },
);

test("completes messages at every depth", () => {
  const init: object = {
    left: { name: "l", wrapper: null },
    children: [{}, { children: [{ name: "deep" }] }],
    named: { a: { wrapper: "w" }, b: undefined, ["__proto__"]: {} },
    timestamp: { seconds: 5n },
    struct: { a: 1 },
  };
  expect(show(bridge.init(init))).toBe(show(codec.init(init)));
  const oneofs = tsOf("codec.v1.Oneofs");
  const choice: object = {
    choice: { $case: "again", value: { choice: { $case: "scalars", value: { text: "x" } } } },
    wellKnown: { $case: "textWrapper", value: "w" },
  };
  expect(show(oneofs.bridge.init(choice))).toBe(show(oneofs.codec.init(choice)));
  const maps = tsOf("codec.v1.Maps");
  const byLong: object = {
    toItself: new Map([[5n, { byString: { a: "b" } }]]),
    byInt32: { 1: "x" },
  };
  expect(show(maps.bridge.init(byLong))).toBe(show(maps.codec.init(byLong)));
});

describe("problems have their paths", () => {
  test("when they are read", () => {
    const text = '{"children":[{"named":{"a b":{"name":5}},"struct":{"a":1,"a":2}}]}';
    for (const each of [codec, bridge]) {
      expect(tryFromJsonString(each, text)).toEqual({
        ok: false,
        problems: expect.arrayContaining([
          { path: 'children[0].named["a b"].name', message: "expected string, got 5" },
          { path: "children[0].struct.a", message: "duplicate key" },
        ]),
      });
    }
    expect(tryFromParams(bridge, { children: '[{"name":1}]', value: "{", more: "" })).toMatchObject(
      {
        problems: [{ path: "value" }, { path: "children[0].name" }, { path: "more" }],
      },
    );
  });

  test("when they are written", () => {
    const tree = codec.init();
    const broken = {
      ...tree,
      name: 5,
      children: [{ ...tree, named: { "a b": { ...tree, name: 6 } } }],
    };
    const problems =
      'name: expected string, got 5; children[0].named["a b"].name: expected string, got 6';
    for (const each of [codec, bridge]) {
      expect(() => toJsonString(each, broken)).toThrow(problems);
    }
  });

  test("as many as the caller wants", () => {
    const text = JSON.stringify({ children: Array.from({ length: 50 }, () => 5) });
    expect(tryFromJsonString(bridge, text, { maxProblems: 7 })).toMatchObject({
      problems: { length: 7 },
    });
  });
});

interface Request {
  readonly owner: string;
  readonly card?: { readonly holder: string; readonly number: bigint };
}

interface Vault {
  readonly VaultService: ServiceContract<{
    openVault: Unary<Request, { content: string; count: number }>;
  }>;
  readonly OpenVaultRequestSchema: GeneratedSchema<Request>;
}

describe("a contract with tables", () => {
  const load = async (file: string): Promise<Vault> =>
    import(pathToFileURL(resolve(join(generate(), "compact/codec/v1", file))).href);

  /** Answers with what it was asked. */
  const serve = async () => {
    const { VaultService } = await load("secrets.connect.ts");
    const vault = implement(VaultService, {
      openVault: ({ owner, card }) => ({ content: `${owner} ${card?.holder} ${card?.number}` }),
    });
    return createFetchHandler({
      actions: [vault],
      log: silentLogger,
      doors: [callbackDoor({ unsigned: true }), toolDoor({ unsigned: true }), connectDoor()],
    });
  };

  const post = async (path: string, body: string) => {
    const handle = await serve();
    const headers = { "content-type": "application/json" };
    const response = await handle(
      new Request(`http://localhost${path}`, { method: "POST", headers, body }),
    );
    return response.json();
  };

  // Platforms send integers of 64 bits as bare numbers.
  const params =
    '{"owner":"Wang","card":{"holder":7340912345678901234,"number":7340912345678901235}}';
  const content = "Wang 7340912345678901234 7340912345678901235";

  test("answers at the callback door", async () => {
    expect(
      await post("/coze_callback", `{"action":"open_vault","parameters":${params}}`),
    ).toMatchObject({ data: { content } });
  });

  test("answers at the tool door", async () => {
    expect(await post("/actions/open_vault", params)).toMatchObject({ content });
    expect(JSON.stringify(await post("/actions/open_vault", '{"card":{"holder":true}}'))).toContain(
      "card.holder",
    );
  });

  test("answers at the Connect door", async () => {
    const body = '{"owner":"Wang","card":{"holder":"Li","number":"7340912345678901235"}}';
    expect(await post("/codec.v1.VaultService/OpenVault", body)).toMatchObject({
      content: "Wang Li 7340912345678901235",
    });
  });

  test("is a Standard Schema", async () => {
    const { OpenVaultRequestSchema } = await load("secrets.ts");
    const result = await OpenVaultRequestSchema["~standard"].validate({ owner: "Wang" });
    expect(result).toMatchObject({ value: { owner: "Wang", cards: [], count: 0 } });
  });
});
