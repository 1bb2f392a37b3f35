import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeBlocks } from "../../scripts/markdown-blocks.ts";
import { output } from "./command.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { describeWith, grpcio, grpcPlugin, protoc, python } from "./tools.ts";

const here = import.meta.dirname;

/** The README's lines for Python stubs, with a folder to put them. */
function template(out: string): string {
  const readme = readFileSync("README.md", "utf8");
  const block = codeBlocks(readme).find(({ file }) => file === "buf.gen.python.yaml");
  expect(block?.text).toContain("out: gen/python");
  return block?.text.replaceAll("out: gen/python", `out: ${out}`) ?? "";
}

await describeWith([protoc, grpcPlugin, grpcio], "Python's grpcio", () => {
  let stubs: string;
  let server: ServerProcess;
  let result: unknown;

  beforeAll(async () => {
    stubs = await mkdtemp(join(tmpdir(), "botwire-python-"));
    const config = join(stubs, "buf.gen.yaml");
    await writeFile(config, template(stubs));
    await output("node_modules/.bin/buf", ["generate", "--template", config]);
    await output("protoc", [`-I${here}`, `--python_out=${stubs}`, "wire.proto"]);
    server = await startServer("examples/almanac/server.ts");
    const client = join(here, "almanac_client.py");
    result = JSON.parse(await output(python, [client, stubs, `127.0.0.1:${server.port}`]));
  });

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(stubs, { recursive: true, force: true });
  });

  test("calls a unary method", () => {
    expect(result).toMatchObject({
      unary: {
        time: "2026-02-17T08:30:00+08:00",
        utcOffset: "28800s",
        weekday: "WEEKDAY_TUESDAY",
      },
      code: "OK",
    });
  });

  test("reads a stream, to its end and not", () => {
    expect(result).toMatchObject({ stream: [3, 2, 1, 0], cancelled: [3, "CANCELLED"] });
  });

  test("gets the code of an error", () => {
    expect(result).toMatchObject({
      deadline: { code: "DEADLINE_EXCEEDED" },
      unknown_zone: {
        code: "INVALID_ARGUMENT",
        message: 'time_zone: "Mars/Olympus" is not a known IANA time zone',
        violations: [],
      },
    });
  });

  test("gets every violation of an invalid request", () => {
    expect(result).toMatchObject({
      invalid: {
        code: "INVALID_ARGUMENT",
        violations: [{ ruleId: "double.gte_lte" }, { ruleId: "string.pattern" }],
      },
    });
  });

  test("calls actions by name", () => {
    expect(result).toMatchObject({
      executed: {
        success: true,
        payload: { text: "丙午年正月初一" },
        payload_type: "application/json",
      },
      executed_stream: [{ remaining: 2 }, { remaining: 1 }, {}],
    });
  });

  test("asks for the server's health", () => {
    expect(result).toMatchObject({
      health: { "": "SERVING", "almanac.v1.AlmanacService": "SERVING" },
      unknown_health: { code: "NOT_FOUND" },
    });
  });
});
