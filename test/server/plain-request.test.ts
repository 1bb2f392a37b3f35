import { createServer, type IncomingMessage } from "node:http";
import { duplexPair } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainRequest } from "../../src/runtime/server/plain-request.ts";

const lines = ["POST /coze_callback?a=1 HTTP/1.1", "host: bot.example", "content-length: 2"];

function read(text: string, maxHeaderBytes = 16_384): ReturnType<typeof readPlainRequest> {
  return readPlainRequest(Buffer.from(text, "latin1"), maxHeaderBytes);
}

/** The request, with other lines after the usual ones, or instead of them. */
function request(more: readonly string[], [first, host, length] = lines): string {
  return `${[first, host, length, ...more].filter((line) => line !== "").join("\r\n")}\r\n\r\n{}`;
}

describe("a plain request", () => {
  it("is read as it stands", () => {
    const plain = read(request(["X-Coze-Timestamp: 17", "accept: */*, text/html;q=0.5"]));
    expect(plain?.target).toBe("/coze_callback?a=1");
    expect(plain?.rawHeaders).toEqual([
      ...["host", "bot.example", "content-length", "2"],
      ...["X-Coze-Timestamp", "17", "accept", "*/*, text/html;q=0.5"],
    ]);
    expect(Buffer.from(plain?.body ?? []).toString()).toBe("{}");
  });

  it("may have a body of any bytes, or an empty one", () => {
    const head = `${lines.slice(0, 2).join("\r\n")}\r\ncontent-length: `;
    expect(read(`${head}4\r\n\r\n\r\n\0\xff`)?.body).toEqual(Buffer.from([13, 10, 0, 255]));
    expect(read(`${head}0\r\n\r\n`)?.body).toHaveLength(0);
  });

  it.each(["connection: keep-alive", "Connection: Keep-Alive", "te-st: 1", "authorization: a"])(
    "may have the header %s",
    (line) => {
      expect(read(request([line]))).toBeDefined();
    },
  );
});

describe("what is left to an HTTP parser:", () => {
  it.each([
    ["another method", request([], ["GET / HTTP/1.1", "host: x", "content-length: 2"])],
    ["a method in lower case", request([], ["post / HTTP/1.1", "host: x", "content-length: 2"])],
    ["an older version", request([], ["POST / HTTP/1.0", "host: x", "content-length: 2"])],
    ["a whole address", request([], ["POST http://x/ HTTP/1.1", "host: x", "content-length: 2"])],
    ["an asterisk", request([], ["POST * HTTP/1.1", "host: x", "content-length: 2"])],
    ["two spaces", request([], ["POST /  HTTP/1.1", "host: x", "content-length: 2"])],
    ["a fragment", request([], ["POST /#a HTTP/1.1", "host: x", "content-length: 2"])],
    ["a target beyond ASCII", request([], ["POST /\xe9 HTTP/1.1", "host: x", "content-length: 2"])],
    ["no host", request([], [lines[0] ?? "", "", "content-length: 2"])],
    ["no length", request([], [lines[0] ?? "", "host: x", ""])],
    ["two hosts", request(["Host: y"])],
    ["two lengths", request(["Content-Length: 2"])],
    ["any header twice", request(["x-a: 1", "X-A: 2"])],
    ["a signed length", request([], [lines[0] ?? "", "host: x", "content-length: +2"])],
    ["a hexadecimal length", request([], [lines[0] ?? "", "host: x", "content-length: 0x2"])],
    ["a length with zeros", request([], [lines[0] ?? "", "host: x", "content-length: 02"])],
    ["a list of lengths", request([], [lines[0] ?? "", "host: x", "content-length: 2, 2"])],
    ["a longer body", `${request([])}x`],
    ["a shorter body", request([]).slice(0, -1)],
    ["no end of the headers", request([]).slice(0, -4)],
    ["bare line feeds", request([]).replaceAll("\r\n", "\n")],
    ["one bare line feed", request(["a: b\nc: d"])],
    ["one bare carriage return", request(["a: b\rc: d"])],
    ["a folded line", request(["a: b\r\n c"])],
    ["a space before the colon", request(["a : b"])],
    ["a space before the name", request([" a: b"])],
    ["a line without a colon", request(["a"])],
    ["an empty name", request([": b"])],
    ["an empty value", request(["a:"])],
    ["a tab", request(["a:\tb"])],
    ["space after the value", request(["a: b "])],
    ["two spaces before the value", request(["a:  b"])],
    ["a value beyond ASCII", request(["a: \xe9"])],
    ["a NUL", request(["a: \0"])],
    ["many headers", request(Array.from({ length: 64 }, (_, i) => `a${i}: b`))],
    ...[
      "connection: close",
      "connection: keep-alive, upgrade",
      "expect: 100-continue",
      "HTTP2-Settings: AAA",
      "proxy-connection: close",
      "te: trailers",
      "Trailer: x",
      "Transfer-Encoding: chunked",
      "transfer-encoding: identity",
      "upgrade: h2c",
    ].map((line) => [line, request([line])]),
  ])("%s", (_, text) => {
    expect(read(text ?? "")).toBeUndefined();
  });

  it("headers longer than the limit", () => {
    const text = request(["a: b"]);
    expect(read(text, text.length - 2)).toBeDefined();
    expect(read(text, text.length - 3)).toBeUndefined();
  });
});

/** How Node's own parser reads bytes: the requests in them, and whether it minds anything. */
async function readByNode(
  bytes: Buffer,
): Promise<{ readonly requests: readonly object[]; readonly fails: boolean }> {
  const requests: object[] = [];
  let fails = false;
  const server = createServer();
  const [ours, theirs] = duplexPair();
  const done = new Promise<void>((resolve) => {
    server.on("clientError", () => {
      fails = true;
      resolve();
    });
    server.on("request", async (message: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) {
        chunks.push(chunk);
      }
      const { method, url, rawHeaders, httpVersion } = message;
      requests.push({ method, url, rawHeaders, httpVersion, body: Buffer.concat(chunks) });
      response.on("close", resolve);
      response.end();
    });
  });
  server.emit("connection", theirs);
  ours.resume();
  ours.write(bytes);
  await done;
  ours.destroy();
  theirs.destroy();
  return { requests, fails };
}

const token = fc.string({
  unit: fc.constantFrom(..."abcXYZ019-_.!~"),
  minLength: 1,
  maxLength: 12,
});
const value = fc.string({
  unit: fc.constantFrom(..."abc XYZ,;=\"'()<>@\\/[]?{}~|^`#$%&*+-.!:09"),
  minLength: 1,
  maxLength: 20,
});
const name = fc.oneof(
  token,
  fc.constantFrom("accept", "te", "connection", "upgrade", "Transfer-Encoding", "expect", "cookie"),
);
const requests = fc
  .record({
    target: fc.string({ unit: fc.constantFrom(..."ab/.?=&%+,:@!-_~019"), maxLength: 20 }),
    headers: fc.array(fc.tuple(name, value), { maxLength: 6 }),
    body: fc.uint8Array({ maxLength: 30 }),
    host: fc.constantFrom("host", "Host", "HOST"),
    length: fc.constantFrom("content-length", "Content-Length"),
  })
  .map(({ target, headers, body, host, length }) => {
    const fields = [
      `${host}: bot.example:80`,
      ...headers.map(([key, text]) => `${key}: ${text.trim()}`),
      `${length}: ${body.length}`,
    ];
    const head = `POST /${target} HTTP/1.1\r\n${fields.join("\r\n")}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head, "latin1"), body]);
  });
const changes = fc.array(
  fc.tuple(
    fc.nat(),
    fc.constantFrom("", "\r", "\n", "\r\n", " ", "\t", ":", "\0", "\x7f", "\xff", "0", "A"),
    fc.nat({ max: 2 }),
  ),
  { maxLength: 2 },
);
const changed = fc.tuple(requests, changes).map(([bytes, list]) => {
  let text = bytes.toString("latin1");
  for (const [at, insert, drop] of list) {
    const place = at % (text.length + 1);
    text = text.slice(0, place) + insert + text.slice(place + drop);
  }
  return Buffer.from(text, "latin1");
});

describe("whatever is read as a plain request", () => {
  it("is the same one request for Node's HTTP parser", async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(requests, changed), async (bytes) => {
        const ours = readPlainRequest(bytes, 16_384);
        if (ours === undefined) {
          return;
        }
        plain++;
        const { target, rawHeaders, body } = ours;
        expect(await readByNode(bytes)).toEqual({
          requests: [
            {
              method: "POST",
              url: target,
              rawHeaders,
              httpVersion: "1.1",
              body: Buffer.from(body),
            },
          ],
          fails: false,
        });
      }),
      { numRuns: 3000 },
    );
    // Otherwise this would say nothing.
    expect(plain).toBeGreaterThan(300);
  });
});
