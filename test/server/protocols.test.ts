import http2 from "node:http2";
import https from "node:https";
import type { ServerLimits } from "botwire/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { parseEvents } from "../webhook/sse.ts";
import { selfSigned } from "./certificate.ts";
import { connect, rawPost } from "./raw.ts";
import { post, start } from "./start.ts";

function session(url: string, options: http2.SecureClientSessionOptions = {}) {
  const client = http2.connect(url, options);
  onTestFinished(() => client.destroy());
  return client;
}

interface Http2Answer {
  readonly status: number | undefined;
  readonly headers: http2.IncomingHttpHeaders;
  readonly body: string;
}

function call(
  client: http2.ClientHttp2Session,
  path: string,
  body: string,
  headers: http2.OutgoingHttpHeaders = {},
): Promise<Http2Answer> {
  return new Promise((resolve, reject) => {
    const stream = client.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/json",
      ...headers,
    });
    let received: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
    let text = "";
    stream.setEncoding("utf8");
    stream.on("response", (head) => {
      received = head;
    });
    stream.on("data", (chunk: string) => {
      text += chunk;
    });
    stream.on("end", () => resolve({ status: received[":status"], headers: received, body: text }));
    stream.on("error", reject);
    if (!stream.writableEnded) {
      stream.end(body);
    }
  });
}

describe.each([
  ["in the clear", false],
  ["over TLS", true],
])("HTTP/2 %s", (_, secure) => {
  async function connected(bot = noteBot(), limits: Partial<ServerLimits> = {}) {
    const certificate = selfSigned();
    const { port, server } = await start({ bot, limits, ...(secure ? { tls: certificate } : {}) });
    const url = `http${secure ? "s" : ""}://localhost:${port}`;
    const client = session(url, { ca: certificate.cert });
    return { client, server };
  }

  it("answers calls, many at once", async () => {
    const { client } = await connected();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => call(client, "/actions/echo", `{"text":"早 ${i}"}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(answers.map(({ body }) => body)).toEqual(
      Array.from({ length: 50 }, (_, i) => `{"text":"早 ${i}"}`),
    );
  });

  it("answers streams and what is no call", async () => {
    const { client } = await connected();
    const accept = { accept: "text/event-stream" };
    const stream = await call(client, "/actions/repeat", '{"note_count":2}', accept);
    expect(parseEvents(stream.body)).toHaveLength(3);
    expect((await call(client, "/elsewhere", "")).status).toBe(404);
    expect((await call(client, "/actions/echo", "{")).status).toBe(400);
    const live = await call(client, "/livez", "", { ":method": "GET" });
    expect([live.status, live.body]).toEqual([200, '{"status":"ok"}']);
  });

  it("answers a body that is too long, and the session lives on", async () => {
    const { client } = await connected();
    const answer = await call(client, "/actions/echo", "x".repeat(3_000_000));
    expect(answer.status).toBe(413);
    expect((await call(client, "/actions/echo", "{}")).status).toBe(200);
  });

  it("tells handlers of a client that goes away", async () => {
    const started = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const { client } = await connected(
      noteBot({
        async echo(request, { signal }) {
          signal.addEventListener("abort", () => aborted.resolve());
          started.resolve();
          await aborted.promise;
          return request;
        },
      }),
    );
    call(client, "/actions/echo", "{}").catch(() => {});
    await started.promise;
    client.destroy();
    await aborted.promise;
  });

  it("lets slow readers have the whole of an answer", async () => {
    const text = "x".repeat(12_000_000);
    const { client } = await connected(noteBot({ echo: () => ({ text }) }), {
      keepAliveTimeoutMs: 300,
    });
    client.settings({ initialWindowSize: 1_000_000 });
    const stream = client.request({
      ":method": "POST",
      ":path": "/actions/echo",
      "content-type": "application/json",
    });
    stream.end("{}");
    let length = 0;
    stream.on("data", (chunk: Buffer) => {
      length += chunk.length;
      stream.pause();
      setTimeout(() => stream.resume(), 2);
    });
    await new Promise((resolve) => stream.on("close", resolve));
    expect(length).toBeGreaterThan(text.length);
  });

  it("lets streams go whose answer nobody reads, but not those that wait for one", async () => {
    const bot = noteBot({
      async echo({ noteCount }) {
        await new Promise((resolve) => setTimeout(resolve, noteCount));
        return { text: "x".repeat(noteCount === 0 ? 1_000_000 : 10) };
      },
    });
    const { client } = await connected(bot, { keepAliveTimeoutMs: 200 });
    const unread = client.request({
      ":method": "POST",
      ":path": "/actions/echo",
      "content-type": "application/json",
    });
    const closed = new Promise((resolve) => unread.on("close", () => resolve(unread.rstCode)));
    unread.end("{}");
    unread.on("error", () => {});
    const { body } = await call(client, "/actions/echo", '{"note_count":800}');
    expect(body).toBe('{"text":"xxxxxxxxxx"}');
    // What came before is still there to be read.
    unread.resume();
    expect(await closed).toBe(http2.constants.NGHTTP2_CANCEL);
  });

  it("finishes its streams when the server closes", async () => {
    const started = Promise.withResolvers<void>();
    const { client, server } = await connected(
      noteBot({
        async echo(request) {
          started.resolve();
          await new Promise((resolve) => setTimeout(resolve, 100));
          return request;
        },
      }),
    );
    const answer = call(client, "/actions/echo", '{"text":"late"}');
    await started.promise;
    const closed = server.close();
    expect((await answer).body).toBe('{"text":"late"}');
    await closed;
    expect(client.closed).toBe(true);
  });
});

describe("HTTP/1.1", () => {
  it("is spoken over TLS", async () => {
    const certificate = selfSigned();
    const { port, url } = await start({ tls: certificate });
    expect(url).toBe(`https://127.0.0.1:${port}`);
    const status = await new Promise((resolve, reject) => {
      https
        .get(`${url}/livez`, { ca: certificate.cert }, (response) => {
          response.resume();
          resolve(`${response.httpVersion} ${response.statusCode}`);
        })
        .on("error", reject);
    });
    expect(status).toBe("1.1 200");
  });

  it("answers requests in a row, in their order", async () => {
    const delays = [40, 0, 20];
    const bot = noteBot({
      async echo(request) {
        await new Promise((resolve) => setTimeout(resolve, delays.shift()));
        return request;
      },
    });
    const { port } = await start({ bot });
    const { socket, until, received } = connect(port);
    socket.write(["1", "2", "3"].map((n) => rawPost("/actions/echo", `{"text":"${n}"}`)).join(""));
    await until('{"text":"3"}');
    expect(received().match(/\{"text":"."\}/g)).toEqual([
      '{"text":"1"}',
      '{"text":"2"}',
      '{"text":"3"}',
    ]);
    socket.destroy();
  });

  it("answers who closes his side after the request", async () => {
    const { port } = await start();
    const { socket, closed } = connect(port);
    socket.end(rawPost("/actions/echo", '{"text":"bye"}'));
    expect(await closed).toContain('{"text":"bye"}');
  });

  it("answers who sends byte by byte", async () => {
    const { port } = await start();
    const { socket, until } = connect(port);
    socket.setNoDelay(true);
    for (const byte of rawPost("/actions/echo", '{"text":"slow"}')) {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until('{"text":"slow"}');
    socket.destroy();
  });

  it("is told from HTTP/2 by more than the first letters", async () => {
    const { port } = await start();
    const { socket, closed } = connect(port);
    socket.setNoDelay(true);
    socket.write("PR");
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.end("OPFIND /livez HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await closed).toMatch(/^HTTP\/1.1 405 /);
  });

  it("may name the whole address, as callers of proxies do", async () => {
    const { port } = await start();
    const { socket, closed } = connect(port);
    socket.end("GET http://example.com/livez?x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    expect(await closed).toMatch(/^HTTP\/1.1 200 /);
  });

  it("shares the port with HTTP/2 whose preface comes in pieces", async () => {
    const { port } = await start();
    const { socket, until } = connect(port);
    socket.setNoDelay(true);
    for (const byte of "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
    // The acknowledgement of the empty SETTINGS frame.
    await until("\x00\x00\x00\x04\x01\x00\x00\x00\x00");
    socket.destroy();
  });

  it("waits for the preface of HTTP/2 no longer than for headers", async () => {
    const { port } = await start({ limits: { headersTimeoutMs: 300 } });
    const { socket, closed } = connect(port);
    socket.write("PRI * HTTP/2.0\r\n");
    const preface = "\r\nSM\r\n\r\n";
    let sent = 0;
    const slowly = setInterval(() => socket.write(preface.charAt(sent++)), 100);
    const began = performance.now();
    await closed;
    clearInterval(slowly);
    expect(sent).toBeLessThan(preface.length);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it("keeps sessions of HTTP/2 that have begun", async () => {
    const { url } = await start({ limits: { headersTimeoutMs: 100 } });
    const client = session(url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(client.destroyed).toBe(false);
    expect(await call(client, "/actions/echo", '{"text":"a"}')).toMatchObject({ status: 200 });
  });

  it("keeps its connections open between calls", async () => {
    const { port } = await start();
    const { socket, until } = connect(port);
    socket.write(rawPost("/actions/echo", '{"text":"a"}'));
    await until('{"text":"a"}');
    socket.write(rawPost("/actions/echo", '{"text":"b"}'));
    await until('{"text":"b"}');
    socket.destroy();
  });

  it("answers calls of fetch", async () => {
    const { url } = await start();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => post(`${url}/actions/echo`, { text: `${i}` })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});
