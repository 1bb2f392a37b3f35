import { createConnectTransport } from "@connectrpc/connect-node";
import {
  type Init,
  implement,
  type MessageSchema,
  type ServiceContract,
  type Unary,
} from "botwire";
import { createActionClient } from "botwire/client";
import { connectDoor } from "botwire/connect";
import { type ScanContentOptions, type Scanner, scanContent } from "botwire/scan";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { ScannerService } from "../../generated/actions/bot/scan/v1/scanner.connect.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";
import { WireService as EsWireService } from "../connect/generated/es-actions/wire/v1/wire.connect.ts";
import type { Everything } from "../connect/generated/types/wire/v1/wire.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";
import { keepLog, post, start } from "../server/start.ts";
import { type Note, NoteSchema, noteBot } from "../webhook/note-bot.ts";
import { eicar } from "./eicar.ts";
import { type FakeScanner, fakeScanner } from "./fake-scanner.ts";

const doors = [callbackDoor({ unsigned: true }), toolDoor({ unsigned: true }), connectDoor()];
const wire = implement(WireService, wireHandlers());

/** A server of the test contract that has its calls scanned. */
async function scanned(scanner: Scanner, options: Partial<ScanContentOptions> = {}) {
  const { log, lines } = keepLog();
  const middleware = [scanContent({ scanner, ...options })];
  const { url } = await start({ bot: wire, doors, middleware, log });
  return {
    lines,
    url,
    echo: (everything: object) => post(`${url}/actions/echo`, { everything }),
  };
}

const texts = (scanner: FakeScanner) =>
  scanner.scans.flat().map((part) => Buffer.from(part).toString());

const down = () => Promise.reject(new Error(`connection refused by ${eicar}`));

describe("declared fields", () => {
  const infected = Buffer.from(eicar);
  const cases: [string, Init<Everything>][] = [
    ["text", { text: `hello ${eicar}` }],
    ["data", { data: infected }],
    ["texts[1]", { texts: ["", eicar] }],
    ["by_name", { byName: { a: "b", c: eicar } }],
    ["by_name", { byName: { [eicar]: "" } }],
    ["by_flag", { byFlag: new Map([[false, infected]]) }],
    ["word", { choice: { $case: "word", value: eicar } }],
    [
      "nested.word",
      { choice: { $case: "nested", value: { choice: { $case: "word", value: eicar } } } },
    ],
    ["maybe", { maybe: eicar }],
    ["class", { class: eicar }],
    ["child.child.text", { child: { child: { text: eicar } } }],
    ["children[1].maybe", { children: [{}, { maybe: eicar }] }],
    ["by_number.text", { byNumber: new Map([[7n, { text: eicar }]]) }],
  ];

  it.each([
    ["ts-proto", wire],
    ["protobuf-es", implement(EsWireService, { ...esHandlers() })],
  ])("are scanned wherever they are, in messages of %s", async (_, bot) => {
    const scanner = fakeScanner();
    const { url } = await start({ bot, doors, middleware: [scanContent({ scanner })] });
    const client = createActionClient(
      WireService,
      createConnectTransport({ baseUrl: url, httpVersion: "1.1" }),
    );
    for (const [field, everything] of cases) {
      const call = client.echo({ everything });
      await expect(call, field).rejects.toMatchObject({
        code: "invalid_argument",
        violations: [{ field: `everything.${field}`, rule: "scan.infected" }],
      });
    }
    await client.echo({ everything: { text: "hello" } });
  });

  it("are scanned decoded, and what is encoded in them as well", async () => {
    const scanner = fakeScanner();
    const { url } = await scanned(scanner);
    const escaped = [...eicar].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const body = `{"everything":{"text":"${escaped.join("")}"}}`;
    const hidden = { everything: { text: `see data:;base64,${btoa(eicar)}` } };
    for (const request of [body, hidden]) {
      const answer = await post(`${url}/actions/echo`, request);
      expect(await answer.json()).toEqual({
        error: expect.objectContaining({
          code: "invalid_argument",
          message: "everything.text: content was found to be malicious",
        }),
      });
    }
  });

  it("take one scan of one part if they are clean, and no scan if they are empty", async () => {
    const scanner = fakeScanner();
    const { echo } = await scanned(scanner);
    expect((await echo({ text: "你好, world" })).status).toBe(200);
    expect((await echo({ flag: true })).status).toBe(200);
    expect(scanner.scans).toHaveLength(1);
    expect(texts(scanner)).toEqual(["你好, world"]);
  });

  it("are told apart: an error names each that is infected, and no content", async () => {
    const { echo, lines } = await scanned(fakeScanner());
    const answer = await (await echo({ text: eicar, word: `${eicar}!`, texts: ["fine"] })).text();
    expect(JSON.parse(answer)).toMatchObject({
      error: { violations: [{ field: "everything.text" }, { field: "everything.word" }] },
    });
    const said = JSON.stringify(lines.filter(({ level }) => level !== "debug"));
    for (const secret of ["X5O!P", "Test.Signature"]) {
      expect(answer).not.toContain(secret);
      expect(said).not.toContain(secret);
    }
    expect(said).toContain("everything.text");
    expect(JSON.stringify(lines)).toContain("Test.Signature");
  });
});

function esHandlers() {
  return {
    echo: () => ({}),
    fail: () => ({}),
    wait: () => ({}),
    count: () => [],
  };
}

describe("message.content", () => {
  const service: ServiceContract<{ echo: Unary<Note, Note> }> = {
    typeName: "test.v1.EchoService",
    actions: {
      echo: {
        kind: "unary",
        name: "echo",
        rpc: "echo",
        description: "",
        idempotency: "unspecified",
        input: { ...NoteSchema, readJson: (input) => ({ ...NoteSchema.readJson(input), message }) },
        output: NoteSchema,
      },
    },
  };
  let message: unknown;

  it("is scanned where a callback has it", async () => {
    const scanner = fakeScanner();
    const { url } = await start({ bot: noteBot(), middleware: [scanContent({ scanner })] });
    const call = (content: unknown) =>
      post(`${url}/coze_callback`, { action: "echo", parameters: {}, message: { content } });
    expect(await (await call(eicar)).json()).toMatchObject({
      error: { violations: [{ field: "message.content", rule: "scan.infected" }] },
    });
    expect(await (await call("hello")).json()).toMatchObject({ status: "success" });
    expect(await (await call(7)).json()).toMatchObject({
      error: { message: '"message.content" must be a string, not a number' },
    });
    expect(texts(scanner)).toEqual([eicar, "hello"]);
  });

  it("is scanned where a request has it", async () => {
    const scanner = fakeScanner();
    const bot = implement(service, { echo: (request) => request });
    const { url } = await start({ bot, middleware: [scanContent({ scanner })] });
    message = { content: ["a", { deep: eicar }] };
    expect(await (await post(`${url}/actions/echo`, {})).json()).toMatchObject({
      error: { violations: [{ field: "message.content[1]" }] },
    });
  });

  it("can be another field", async () => {
    const scanner = fakeScanner();
    const { url } = await start({
      bot: noteBot(),
      middleware: [scanContent({ scanner, fields: ["child.text"] })],
    });
    await post(`${url}/actions/echo`, { text: "outer", child: { text: "inner" } });
    expect(texts(scanner)).toEqual(["inner"]);
  });
});

describe("a scanner that fails", () => {
  const failures: [string, Scanner["scan"]][] = [
    ["is down", down],
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["is too slow", () => new Promise(() => {})],
    ["leaves a part out", async () => ({ verdicts: [] })],
    ["says nothing", async () => ({ verdicts: [{ finding: 0, signature: "" }] })],
  ];

  it.each(failures)("that %s fails the call as unavailable", async (_, scan) => {
    const { echo, lines } = await scanned({ scan }, { timeoutMs: 50 });
    const answer = await echo({ text: "hello" });
    expect(await answer.json()).toEqual({
      error: expect.objectContaining({
        code: "unavailable",
        message: "the content could not be scanned; try again later",
      }),
    });
    expect(lines.some(({ message }) => message === "the scanner failed")).toBe(true);
  });

  it.each(failures)("that %s is passed by, if told so", async (_, scan) => {
    const { echo, lines } = await scanned({ scan }, { timeoutMs: 50, failOpen: true });
    expect(await (await echo({ text: "hello" })).json()).toMatchObject({
      everything: { text: "hello" },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", message: "content passed that nobody scanned" }),
    );
  });

  it("passes no content on that it turned away itself, or that is too large", async () => {
    const { url } = await start({
      bot: implement(ScannerService, { scan: () => ({ verdicts: [] }) }),
      doors: [connectDoor({ maxMessageBytes: 1000 })],
    });
    const remote = createActionClient(
      ScannerService,
      createConnectTransport({ baseUrl: url, httpVersion: "1.1" }),
    );
    const refused = await scanned(remote, { failOpen: true });
    expect(await (await refused.echo({ text: "x".repeat(2000) })).json()).toMatchObject({
      error: { code: "unavailable" },
    });
    const tooLarge = fakeScanner(() => ({ verdicts: [{ finding: 3, signature: "" }] }));
    const { echo } = await scanned(tooLarge, { failOpen: true });
    expect(await (await echo({ text: "hello" })).json()).toMatchObject({
      error: { violations: [{ field: "everything.text", rule: "scan.limit" }] },
    });
  });

  it("ends with the call", async () => {
    let aborted: AbortSignal | undefined;
    const scanner = fakeScanner((_, { signal }) => {
      aborted = signal;
      return new Promise(() => {});
    });
    const { url } = await start({
      bot: wire,
      doors,
      middleware: [scanContent({ scanner, timeoutMs: 10_000, failOpen: true })],
      defaults: { deadlineMs: 80 },
    });
    const answer = await post(`${url}/actions/echo`, { everything: { text: "hello" } });
    expect(await answer.json()).toMatchObject({ error: { code: "deadline_exceeded" } });
    expect(aborted?.aborted).toBe(true);
  });
});

describe("content beyond the limits", () => {
  it("is refused, and never sent", async () => {
    const scanner = fakeScanner();
    const limits = { depth: 2, parts: 3, bytes: 500 };
    const { echo } = await scanned(scanner, { limits, failOpen: true });
    const nested = btoa(btoa(btoa(`${eicar} ${"x".repeat(20)}`)));
    for (const [everything, limit] of [
      [{ text: nested.slice(0, 240) }, "2 layers of encoding"],
      [{ texts: ["a", "b", "c", "d"] }, "3 pieces"],
      [{ text: "x".repeat(501) }, "500 bytes"],
    ] as const) {
      expect(await (await echo(everything)).json()).toMatchObject({
        error: {
          code: "invalid_argument",
          violations: [
            {
              rule: "scan.limit",
              message: `content can't be scanned, because it goes beyond ${limit}`,
            },
          ],
        },
      });
    }
    expect(scanner.scans).toEqual([]);
  });
});

describe("answers", () => {
  it("are scanned if told so", async () => {
    let calls = 0;
    // The request passes, the answer doesn't.
    const scanner = fakeScanner((parts) => {
      const finding = calls++ === 0 ? 1 : 2;
      return { verdicts: parts.map(() => ({ finding, signature: "S" })) };
    });
    const { echo, lines } = await scanned(scanner, { responses: true });
    const answer = await (await echo({ text: "hello" })).json();
    expect(answer).toMatchObject({ error: { code: "internal" } });
    expect(JSON.stringify(answer)).not.toContain("everything");
    expect(JSON.stringify(lines)).toContain("everything.text");
  });

  it("are scanned message by message if they are streams", async () => {
    const scanner = fakeScanner();
    const schema: MessageSchema<Note> = {
      ...NoteSchema,
      scan: [{ name: "text", property: "text" }],
    };
    const bot = noteBot({
      async *repeat() {
        yield { text: "one" };
        yield { text: eicar };
        yield { text: "three" };
      },
    });
    const { pipeline } = (
      await start({
        bot: {
          ...bot,
          actions: bot.actions.map((one) => ({
            ...one,
            action: { ...one.action, output: schema },
          })),
        },
        middleware: [scanContent({ scanner, responses: true })],
      })
    ).server;
    const outcome = await pipeline.invoke({
      door: "test",
      headers: { get: () => undefined },
      budgetMs: 1000,
      streaming: true,
      route: () => ({ action: "repeat", decode: () => NoteSchema.init() }),
    });
    if (!outcome.ok || outcome.response.kind !== "stream") {
      throw new Error("no stream");
    }
    const got: unknown[] = [];
    const reading = (async () => {
      for await (const message of outcome.response.kind === "stream"
        ? outcome.response.messages
        : []) {
        got.push(message);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "internal" });
    expect(got).toEqual([NoteSchema.init({ text: "one" })]);
  });
});

describe("options that are wrong", () => {
  const scanner = fakeScanner();
  it.each([
    [{ timeoutMs: 0 }, "scanContent: timeoutMs must be an integer of 1 or more, not 0"],
    [
      { limits: { depth: 1.5 } },
      "scanContent: limits.depth must be an integer of 1 or more, not 1.5",
    ],
    [
      { fields: ["message.file_data"] },
      'scanContent: fields must have paths of properties as in TypeScript, for example "message.fileData", not "message.file_data"',
    ],
  ])("are told: %o", (options, message) => {
    expect(() => scanContent({ scanner, ...options })).toThrow(new TypeError(message));
  });
});
