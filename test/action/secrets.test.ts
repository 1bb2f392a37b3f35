import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import {
  ActionError,
  createJsonLogger,
  createPipeline,
  type GeneratedSchema,
  implement,
  redact,
  type ServiceContract,
  silentLogger,
  type Unary,
} from "botwire";
import { tryFromJson, tryFromJsonString, tryFromParams } from "botwire/codec";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import type { ViolationCollector } from "../../src/runtime/validate/violation-collector.ts";
import { callOf, contractOf, errorOf, NoteSchema } from "../action/fixtures.ts";
import { generate } from "../codec/generate.ts";

interface Vault {
  VaultService: ServiceContract<{ openVault: Unary<Request, { content: string; count: number }> }>;
  OpenVaultRequestSchema: GeneratedSchema<Request>;
}

interface Request {
  readonly owner: string;
  readonly password: string;
  readonly card?: object;
  readonly cards: readonly object[];
}

const folder = generate();
const load = async (model: string): Promise<Vault> =>
  import(pathToFileURL(resolve(join(folder, model, "codec/v1/secrets.ts"))).href);
const models = {
  "ts-proto": await load("ts-proto"),
  "ts-proto, tables": await load("compact"),
  "protobuf-es": await load("protobuf-es"),
};

/** Every secret has it, or is its digits. */
const text = "hunter2";
const digits = "7340912";
const card = { holder: "Wang", number: digits };
const full = {
  owner: "Wang",
  password: text,
  personalNumber: Number(digits),
  answers: [text, text],
  keys: { [text]: Number(digits) },
  card,
  cards: [card, card],
  cardsByName: { visa: card },
  token: text,
  hiddenCard: card,
  next: { owner: "Li", password: text, proofCard: card },
};

function expectNoSecret(shown: unknown): void {
  const json = typeof shown === "string" ? shown : JSON.stringify(shown);
  expect(json).not.toContain(text);
  expect(json).not.toContain(digits);
}

describe.each(Object.entries(models))("messages of %s", (_, { OpenVaultRequestSchema: schema }) => {
  it("are copied without their secrets, wherever they are", () => {
    const result = tryFromJson(schema, full);
    if (!result.ok) {
      throw new Error(JSON.stringify(result.problems));
    }
    const before = JSON.stringify(result.message, bigintText);
    const copy = JSON.stringify(redact(schema, result.message), bigintText);
    expectNoSecret(copy);
    expect(copy).toContain('"password":"[redacted]"');
    expect(copy).toContain('"holder":"Wang"');
    expect(copy).toContain('"owner":"Li"');
    expect(JSON.stringify(result.message, bigintText)).toBe(before);
    expect(before).toContain(text);
  });

  it.each([
    [{ password: Number(digits) }, "password", "expected string"],
    [{ personalNumber: text }, "personalNumber", "expected int32"],
    [{ pin: text }, "pin", "expected int32"],
    [{ answers: text }, "answers", "expected array"],
    [{ answers: ["a", Number(digits)] }, "answers", "expected string"],
    [{ keys: { [text]: text } }, "keys", "expected int32"],
    [{ card: { number: text } }, "card.number", "expected int64"],
    [{ cards: [{}, { number: text }] }, "cards[1].number", "expected int64"],
    [{ cardsByName: { "a b": { number: text } } }, 'cardsByName["a b"].number', "expected int64"],
    [{ token: Number(digits) }, "token", "expected string"],
    [{ proofCard: { number: text } }, "proofCard.number", "expected int64"],
    [{ hiddenCard: { [text]: 1 } }, "hiddenCard", "is not valid"],
    [{ next: { next: { password: Number(digits) } } }, "next.next.password", "expected string"],
  ])("are refused without them: %j", (json, path, message) => {
    for (const result of [
      tryFromJson(schema, json),
      tryFromJsonString(schema, JSON.stringify(json)),
    ]) {
      expect(result).toEqual({ ok: false, problems: [{ path, message }] });
    }
  });

  it("still quote what is no secret", () => {
    const result = tryFromJson(schema, { count: "many", card: { holder: 5 } });
    expect(result).toMatchObject({
      problems: [
        { path: "count", message: 'expected int32, got "many"' },
        { path: "card.holder", message: "expected string, got 5" },
      ],
    });
  });

  it("are refused without them as parameters, and as broken JSON", () => {
    expectNoSecret(tryFromParams(schema, { pin: text, keys: `{"a":${text}}` }));
    expectNoSecret(tryFromJsonString(schema, `{"password":${text}}`));
  });
});

describe("a server", () => {
  const lines: string[] = [];
  const log = createJsonLogger({ write: (line) => lines.push(line) });

  it("shows none in log lines, errors or answers", async () => {
    lines.length = 0;
    const bot = implement(models["ts-proto"].VaultService, {
      openVault(request, { log }) {
        log.info("request", { request, list: [request], nested: { card: request.cards[0] } });
        log.error("failed", { error: new Error("no", { cause: { request } }) });
        if (request.owner === "nobody") {
          throw new ActionError("internal", "broken", { cause: { request } });
        }
        return { content: text, count: 1 };
      },
    });
    const handle = createFetchHandler({
      actions: [bot],
      log,
      doors: [toolDoor({ unsigned: true }), callbackDoor({ unsigned: true })],
    });
    const post = async (path: string, body: unknown) => {
      const answer = await handle(
        new Request(`http://localhost${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
      );
      return answer.text();
    };
    expect(await post("/actions/open_vault", full)).toContain(text);
    expect(lines.length).toBe(2);
    expectNoSecret(lines.join(""));
    expect(lines[0]).toContain("[redacted]");
    expect(lines[0]).toContain("Wang");
    expectNoSecret(await post("/actions/open_vault", { ...full, owner: "nobody" }));
    const wrong = { action: "open_vault", parameters: { ...full, pin: text } };
    expectNoSecret(await post("/coze_callback", wrong));
    expectNoSecret(await post("/coze_callback", `{"parameters":{"password":"${text}" ${text}`));
    expectNoSecret(await post("/actions/open_vault", { password: { [text]: 1 } }));
    expectNoSecret(lines.join(""));
  });
});

describe("the Connect door", () => {
  it.each([
    ["application/json", (json: string) => json],
    ["application/grpc-web+json", frame],
  ])("tells nobody what Connect quotes: %s", async (type, body) => {
    const { VaultService } = await import(
      pathToFileURL(resolve(join(folder, "ts-proto/codec/v1/secrets.connect.ts"))).href
    );
    const errors: ActionError[] = [];
    const handle = createFetchHandler({
      actions: [implement(VaultService, { openVault: () => ({}) })],
      log: silentLogger,
      doors: [connectDoor()],
      hooks: [{ onError: (_, error) => void errors.push(error) }],
    });
    const response = await handle(
      new Request("http://localhost/codec.v1.VaultService/OpenVault", {
        method: "POST",
        headers: { "content-type": type },
        body: body(JSON.stringify({ pin: text })),
      }),
    );
    const answer = `${await response.text()} ${JSON.stringify([...response.headers])}`;
    expect(decodeURIComponent(answer)).toContain("the request is no codec.v1.OpenVaultRequest");
    expectNoSecret([answer, decodeURIComponent(answer)]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["invalid_argument", "the request is no codec.v1.OpenVaultRequest"],
    ]);
    expectNoSecret(errors.map(({ message, cause }) => [message, String(cause)]));
    expectNoSecret(errors.map(({ cause, stack }) => [stack, inspect(cause)]));
  });

  /** A message as gRPC frames it. */
  function frame(json: string): string {
    return `\0\0\0\0${String.fromCharCode(json.length)}${json}`;
  }
});

describe("a rule in CEL", () => {
  const secrets = [{ name: "text", property: "text" }];

  it.each([
    ["text:1:9|cel:23:11:0|text.weak", "breaks text.weak"],
    ["|cel:3:11:0|text.weak", "breaks text.weak"],
    ["text:1:9|string:14:11/min_len:2:4", "must be long"],
    ["count:2:5|cel:23:11:0|count.odd", "must be long: hunter2"],
  ])("does not quote what may be a secret: %s", async (site, shown) => {
    const quoting = site.includes("cel:") ? ": hunter2" : "";
    const input = {
      ...NoteSchema,
      secrets,
      validate: (_: unknown, violations: ViolationCollector) =>
        violations.add(site, `must be long${quoting}`),
    };
    const action = { ...contractOf("unary", "echo"), input };
    const own = { contract: { typeName: "test.v1.Own", actions: {} }, action, handler: () => ({}) };
    const pipeline = createPipeline({ actions: [], log: silentLogger });
    const decode = () => ({ text, count: 1 });
    const outcome = await pipeline.invoke(
      callOf({ route: () => ({ action: "echo", own, decode }) }),
    );
    expect(errorOf(outcome).violations).toMatchObject([{ message: shown }]);
    expect(errorOf(outcome).message).toContain(shown);
  });
});

function bigintText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
