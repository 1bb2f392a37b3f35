import { type ClamavScannerOptions, clamavScanner } from "botwire/clamav";
import { describe, expect, it } from "vitest";
import { freePort } from "../interop/daemon.ts";
import { eicar } from "../scan/eicar.ts";
import { asClamd, type FakeClamd, type Reply, startFakeClamd } from "./fake-clamd.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hello = { parts: [bytes("hello")] };

function scannerOf({ host, port }: FakeClamd, options: Partial<ClamavScannerOptions> = {}) {
  return clamavScanner({ timeoutMs: 150, ...options, host, port });
}

/** Answers checks as clamd does, and scans otherwise. */
const onScan =
  (reply: Reply): Reply =>
  (command, content, socket) => {
    const isCheck = command === "VERSION" || content.equals(Buffer.from(eicar));
    return (isCheck ? asClamd : reply)(command, content, socket);
  };

describe("a clamd that fails", () => {
  const replies: [string, Reply][] = [
    ["closes the connection", onScan((_command, _content, socket) => socket.destroy())],
    ["cuts its answer off", onScan((_command, _content, socket) => socket.end("stream: O"))],
    ["says nothing", onScan(() => {})],
    [
      "drips",
      onScan((_command, _content, socket) => {
        const timer = setInterval(() => socket.write("s"), 20);
        socket.on("close", () => clearInterval(timer));
      }),
    ],
    ["says something else", onScan((_command, _content, socket) => socket.end("sream: OK\0"))],
    [
      "answers with no end",
      onScan((_command, _content, socket) => {
        socket.write(Buffer.alloc(1 << 20, "x"));
      }),
    ],
    [
      "has an error",
      onScan((_command, _content, socket) => socket.end("stream: Can't allocate memory ERROR\0")),
    ],
    [
      "is something else",
      (_command, _content, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n\0"),
    ],
    [
      "has no signatures",
      (command, content, socket) =>
        command === "VERSION" ? asClamd(command, content, socket) : socket.end("stream: OK\0"),
    ],
  ];

  it.each(replies)(
    "because it %s is unavailable, in time, and well again afterwards",
    async (_, reply) => {
      const clamd = await startFakeClamd(reply);
      const scanner = scannerOf(clamd);
      const started = performance.now();
      await expect(scanner.scan(hello)).rejects.toMatchObject({
        code: "unavailable",
        message: "the virus scanner is not available",
      });
      expect(performance.now() - started).toBeLessThan(1000);
      clamd.reply = asClamd;
      expect(await scanner.scan(hello)).toEqual({ verdicts: [{ finding: 1, signature: "" }] });
    },
  );

  it("because it is not there is unavailable, and not ready", async () => {
    const scanner = clamavScanner({ host: "127.0.0.1", port: await freePort() });
    await expect(scanner.scan(hello)).rejects.toMatchObject({ code: "unavailable" });
    await expect(scanner.ready()).rejects.toThrow("ECONNREFUSED");
    const nowhere = clamavScanner({ socket: "/nonexistent/clamd.ctl" });
    await expect(nowhere.scan(hello)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("because it lost its signatures is noticed at the next check", async () => {
    const clamd = await startFakeClamd();
    const scanner = scannerOf(clamd, { checkMs: 30 });
    await scanner.scan(hello);
    clamd.reply = (command, content, socket) =>
      command === "VERSION" ? asClamd(command, content, socket) : socket.end("stream: OK\0");
    await new Promise((resolve) => setTimeout(resolve, 40));
    await expect(scanner.scan({ parts: [bytes("new")] })).rejects.toMatchObject({
      code: "unavailable",
      cause: expect.objectContaining({ message: expect.stringContaining("run freshclam") }),
    });
    await expect(scanner.ready()).rejects.toThrow("run freshclam");
  });

  it("because it ends in the middle of large content is unavailable", async () => {
    const clamd = await startFakeClamd();
    const scanner = scannerOf(clamd, { timeoutMs: 2000 });
    await scanner.ready();
    clamd.drop();
    const scanning = scanner.scan({ parts: [new Uint8Array(20 << 20)] });
    await expect(scanning).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("verdicts", () => {
  it("are remembered for as long as the signatures are the same", async () => {
    const clamd = await startFakeClamd();
    const scanner = scannerOf(clamd);
    const sick = bytes(`a ${eicar}`);
    const request = { parts: [...hello.parts, sick, ...hello.parts] };
    const first = await scanner.scan(request);
    expect(first.verdicts.map(({ finding }) => finding)).toEqual([1, 2, 1]);
    const asked = clamd.scanned.length;
    expect(await scanner.scan(request)).toEqual(first);
    expect(clamd.scanned).toHaveLength(asked);

    clamd.reply = (command, content, socket) =>
      command === "VERSION"
        ? socket.end("ClamAV 1.4.6/27001/Tue\0")
        : asClamd(command, content, socket);
    await scanner.ready();
    await scanner.scan(hello);
    expect(clamd.scanned).toHaveLength(asked + 1);
  });

  it("are forgotten after a while, and when there are too many", async () => {
    const clamd = await startFakeClamd();
    const brief = scannerOf(clamd, { cacheMs: 20 });
    await brief.scan(hello);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await brief.scan(hello);
    expect(clamd.scanned).toHaveLength(2);

    const small = scannerOf(clamd, { cachedVerdicts: 2, connections: 1 });
    await small.scan({ parts: ["a", "b", "a", "c", "a", "b"].map(bytes) });
    // One at a time, they are asked for before any is known; from now on a and b are.
    const asked = clamd.scanned.length;
    await small.scan({ parts: [bytes("b")] });
    expect(clamd.scanned).toHaveLength(asked);
    await small.scan({ parts: [bytes("c")] });
    expect(clamd.scanned).toHaveLength(asked + 1);
  });
});

describe("connections", () => {
  it("are no more than allowed", async () => {
    let open = 0;
    let most = 0;
    const clamd = await startFakeClamd((command, content, socket) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        asClamd(command, content, socket);
      }, 2);
    });
    const scanner = scannerOf(clamd, { connections: 3, timeoutMs: 5000 });
    const parts = Array.from({ length: 50 }, (_, i) => bytes(`part ${i}`));
    const { verdicts } = await scanner.scan({ parts });
    expect(verdicts).toHaveLength(50);
    expect(most).toBe(3);
  });

  it("are given back by scans that are abandoned, also while they wait for one", async () => {
    const clamd = await startFakeClamd();
    const scanner = scannerOf(clamd, { connections: 1, timeoutMs: 5000 });
    await scanner.ready();
    clamd.reply = () => {};
    const over = new AbortController();
    const scans = ["a", "b", "c"].map((text) =>
      scanner.scan({ parts: [bytes(text)] }, { signal: over.signal }),
    );
    const settled = Promise.allSettled(scans);
    setTimeout(() => over.abort(), 20);
    for (const result of await settled) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "canceled" } });
    }
    clamd.reply = asClamd;
    expect((await scanner.scan(hello)).verdicts).toHaveLength(1);
    await expect(scanner.scan(hello, { signal: over.signal })).rejects.toMatchObject({
      code: "canceled",
    });
  });

  it("are shared by all who wait for a check", async () => {
    let checks = 0;
    const clamd = await startFakeClamd((command, content, socket) => {
      checks += command === "VERSION" ? 1 : 0;
      asClamd(command, content, socket);
    });
    const scanner = scannerOf(clamd);
    await Promise.all(Array.from({ length: 20 }, () => scanner.scan(hello)));
    expect(checks).toBe(1);
  });
});

describe("options that are wrong", () => {
  it.each([
    [{ maxBytes: 0 }, "clamavScanner: maxBytes must be an integer of 1 or more, not 0"],
    [
      { port: 1.5 },
      'clamavScanner: say where clamd listens, as { socket: "/run/clamav/clamd.ctl" } or { host, port }',
    ],
  ])("are told: %o", (options, message) => {
    expect(() => clamavScanner({ host: "localhost", port: 3310, ...options })).toThrow(
      new TypeError(message),
    );
  });
});
