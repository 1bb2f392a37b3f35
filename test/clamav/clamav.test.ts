import { gzipSync } from "node:zlib";
import { createConnectTransport } from "@connectrpc/connect-node";
import { implement } from "botwire";
import { type ClamavScanner, clamavScanner } from "botwire/clamav";
import { createActionClient } from "botwire/client";
import { scanContent } from "botwire/scan";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { ScannerService } from "../../generated/actions/bot/scan/v1/scanner.connect.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";
import { startServer } from "../interop/server-process.ts";
import { describeWith } from "../interop/tools.ts";
import { eicar } from "../scan/eicar.ts";
import { post, start } from "../server/start.ts";
import { clamd, eicarSignature, type RunningClamd, signature, startClamd } from "./clamd.ts";

const infected = { finding: 2, signature };
const clean = { finding: 1, signature: "" };
const tooLarge = { finding: 3, signature: "" };

await describeWith([clamd], "a scanner with clamd behind it", () => {
  let engine: RunningClamd;
  let scanner: ClamavScanner;
  beforeAll(async () => {
    engine = await startClamd();
    scanner = clamavScanner({ socket: engine.socket });
  });
  afterAll(() => engine.stop());

  const scan = async (...parts: (string | Uint8Array)[]) =>
    (await scanner.scan({ parts: parts.map((part) => Buffer.from(part)) })).verdicts;

  it("tells what is infected", async () => {
    const file = Buffer.concat([Buffer.alloc(200_000, "x"), Buffer.from(eicar)]);
    expect(await scan(eicar, "hello", "", `see ${eicar} there`, gzipSync(eicar), file)).toEqual([
      infected,
      clean,
      clean,
      infected,
      infected,
      infected,
    ]);
    expect(await scan()).toEqual([]);
  });

  it("reaches clamd over TCP as well", async () => {
    const overTcp = clamavScanner({ host: "127.0.0.1", port: engine.port });
    await overTcp.ready();
    const { verdicts } = await overTcp.scan({ parts: [Buffer.from(eicar)] });
    expect(verdicts).toEqual([infected]);
  });

  it("scans hundreds of parts over a few connections", async () => {
    const parts = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? `${i} ${eicar}` : `${i}`));
    const verdicts = await scan(...parts);
    expect(verdicts).toEqual(parts.map((_, i) => (i % 3 === 0 ? infected : clean)));
  });

  it("says what is larger than it or clamd takes, and never that it is clean", async () => {
    const small = clamavScanner({ socket: engine.socket, maxBytes: 100 });
    const parts = [Buffer.alloc(101), Buffer.alloc(100)];
    expect((await small.scan({ parts })).verdicts).toEqual([tooLarge, clean]);
    for (let round = 0; round < 20; round++) {
      const large = Buffer.alloc(1024 * 1024 + 1 + round * 300_000, `${round} x`);
      expect(await scan(large)).toEqual([tooLarge]);
    }
  });

  it("is not ready without signatures, and takes nothing for clean", async () => {
    const other = await startClamd(eicarSignature);
    onTestFinished(() => other.stop());
    const watching = clamavScanner({ socket: other.socket, checkMs: 50 });
    await watching.ready();
    const parts = [Buffer.from("hello")];
    expect((await watching.scan({ parts })).verdicts).toEqual([clean]);

    await other.setSignatures("Something.Else:0:*:6e6f7468696e67\n");
    await expect(watching.ready()).rejects.toThrow("clamd does not find the EICAR test string");
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Not even what it knows from before.
    await expect(watching.scan({ parts })).rejects.toMatchObject({ code: "unavailable" });

    await other.setSignatures(eicarSignature);
    await watching.ready();
    expect((await watching.scan({ parts })).verdicts).toEqual([clean]);
  });

  it("is used by a server in its own process", async () => {
    const { url } = await start({
      bot: implement(WireService, wireHandlers()),
      middleware: [scanContent({ scanner })],
    });
    const hidden = { everything: { text: `{"a":"data:;base64,${btoa(eicar)}"}` } };
    expect(await (await post(`${url}/actions/echo`, hidden)).json()).toMatchObject({
      error: { code: "invalid_argument", violations: [{ field: "everything.text" }] },
    });
  });

  it("is used by a server over RPC", async () => {
    await using service = await startServer("examples/scanner/server.ts", {
      CLAMD_SOCKET: engine.socket,
    });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    const remote = createActionClient(
      ScannerService,
      createConnectTransport({ baseUrl: service.url, httpVersion: "1.1" }),
    );
    const { url } = await start({
      bot: implement(WireService, wireHandlers()),
      middleware: [scanContent({ scanner: remote })],
    });
    const call = async (text: string) =>
      (await post(`${url}/actions/echo`, { everything: { text } })).json();
    expect(await call(`hello ${btoa(eicar)}`)).toMatchObject({
      error: { code: "invalid_argument", violations: [{ field: "everything.text" }] },
    });
    expect(await call("hello")).toMatchObject({ everything: { text: "hello" } });
  });
});
