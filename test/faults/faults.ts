// The faults of callers, of what a server depends on, and of handlers, each with
// the exact answer. docs/faults.md shows the same table.
import { gzipSync } from "node:zlib";
import { connect } from "../server/raw.ts";
import { call, callbackBytes, firstAnswer } from "./callback.ts";
import { budgetMs, oldSecret, requestTimeoutMs } from "./settings.ts";

/** What the server of a fault depends on, and what is the matter with it. */
export type Environment =
  | "sound"
  | "scanner down"
  | "scanner slow"
  | "redis down"
  | "redis hangs"
  | "terminated";

/** A server with a fault around it. */
export interface FaultServer {
  readonly port: number;
  /** Sends SIGTERM, and resolves to the exit status. */
  terminate(): Promise<number | null>;
}

/** One line of the table. */
export interface Fault {
  readonly fault: string;
  /** The status, and the code and message of the error, or the data. */
  readonly answer: string;
  readonly environment?: Environment;
  /** Causes the fault, and resolves to the answer. */
  play(server: FaultServer): Promise<string>;
}

const helloAnswer = '200 {"text":"hello"}';
const twoMiB = 2 * 1024 * 1024;

/** The lines, by who is to blame. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  "The caller": [
    {
      fault: "body cut off: the client closes its side",
      answer: "400 invalid_argument: the request is cut off",
      play: ({ port }) => firstAnswer(port, callbackBytes({ extraLength: 10 }), true),
    },
    {
      fault: "`Content-Length` longer than the body, or a body that comes too slowly",
      answer: "504 deadline_exceeded: the call took too long",
      play: ({ port }) => call(port, { extraLength: 10 }),
    },
    {
      fault:
        "`Content-Length` shorter than the body: what follows is no request, so nobody can tell whose an answer would be",
      answer: "none: the connection is closed",
      play: ({ port }) => call(port, { extraLength: -2 }),
    },
    {
      fault: "two values of `Content-Length`",
      answer: "400 invalid_argument: the request is not valid HTTP",
      play: ({ port }) => call(port, { headers: { "Content-Length": "3" } }),
    },
    {
      fault: "headers that never end",
      answer: "408 deadline_exceeded: the request did not arrive in time",
      play: ({ port }) => firstAnswer(port, "POST /coze_callback HTTP/1.1\r\nhost: bot\r\n"),
    },
    {
      fault: "headers of more than 16 KiB",
      answer: "431 resource_exhausted: the headers are too long",
      play: ({ port }) => call(port, { headers: { "x-long": "x".repeat(17_000) } }),
    },
    {
      fault: "a thousand headers",
      answer: "431 resource_exhausted: the headers are too long",
      play: ({ port }) =>
        call(port, {
          headers: Object.fromEntries(
            Array.from({ length: 1000 }, (_, i) => [`x-header-${i}`, "1"]),
          ),
        }),
    },
    {
      fault: "a body longer than `maxBodyBytes`",
      answer: "413 resource_exhausted: the body is longer than 10000 bytes",
      play: ({ port }) => call(port, { parameters: { text: "x".repeat(10_000) } }),
    },
    {
      fault: "arrays and objects nested deeper than `maxDepth`",
      answer: "400 invalid_argument: the body is nested deeper than 100 levels",
      play: ({ port }) => call(port, { body: `{"x":${"[".repeat(2000)}${"]".repeat(2000)}}` }),
    },
    {
      fault: "bad UTF-8, signed",
      answer: "400 invalid_argument: the body is not valid UTF-8",
      play: ({ port }) => call(port, { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) }),
    },
    {
      fault: "a gzip bomb: it is not unpacked, nor is any compressed body",
      answer:
        '415 invalid_argument: bodies with content-encoding "gzip" are not read here: send the body as it is',
      play: ({ port }) =>
        call(port, {
          body: gzipSync(Buffer.alloc(twoMiB)),
          headers: { "content-encoding": "gzip" },
        }),
    },
    {
      fault: "a signature over other bytes",
      answer: "401 unauthenticated: the x-coze-signature header is not the signature of this body",
      play: ({ port }) => call(port, { signed: "{}" }),
    },
    {
      fault: "a clock that is 301 s behind, or ahead",
      answer:
        "401 unauthenticated: the x-coze-timestamp header is more than 300 seconds off this server's clock",
      async play({ port }) {
        const behind = await call(port, { laterSeconds: -302 });
        const ahead = await call(port, { laterSeconds: 302 });
        return behind === ahead ? behind : `${behind}, and ${ahead}`;
      },
    },
    {
      fault: "a replay",
      answer: '401 unauthenticated: a call with the event_id "once" came before',
      async play({ port }) {
        await call(port, { envelope: { event_id: "once" } });
        return call(port, { envelope: { event_id: "once" } });
      },
    },
    {
      fault: "the older of two secrets",
      answer: helloAnswer,
      play: ({ port }) => call(port, { secret: oldSecret }),
    },
    {
      fault: "neither of two secrets",
      answer: "401 unauthenticated: the x-coze-signature header is not the signature of this body",
      play: ({ port }) => call(port, { secret: "another secret" }),
    },
    {
      fault: "a client that goes away: the handler's signal aborts, and the next call is served",
      answer: '200 {"text":"aborted","note_count":1}',
      async play({ port }) {
        const { socket } = connect(port);
        socket.write(callbackBytes({ parameters: { text: "wait", note_count: 350 } }));
        await sleep(150);
        socket.destroy();
        await sleep(50);
        return call(port, { parameters: { text: "aborted" } });
      },
    },
  ],
  "What the server depends on": [
    {
      fault: "the scanner is down",
      answer: "200 unavailable: the content could not be scanned; try again later",
      environment: "scanner down",
      play: ({ port }) => call(port, { envelope: { message: { content: "hi" } } }),
    },
    {
      fault: "the scanner is slow",
      answer: "200 unavailable: the content could not be scanned; try again later",
      environment: "scanner slow",
      play: ({ port }) => call(port, { envelope: { message: { content: "hi" } } }),
    },
    {
      fault: "Redis, which remembers calls, is down",
      answer:
        "503 unavailable: the server cannot tell whether it saw this call before (Retry-After: 1)",
      environment: "redis down",
      play: ({ port }) => call(port, { envelope: { event_id: "down" } }),
    },
    {
      fault: "Redis hangs",
      answer:
        "503 unavailable: the server cannot tell whether it saw this call before (Retry-After: 1)",
      environment: "redis hangs",
      play: ({ port }) => call(port, { envelope: { event_id: "hangs" } }),
    },
  ],
  "The server itself": [
    {
      fault: "a handler that throws",
      answer: "200 internal: internal error",
      play: ({ port }) => call(port, { parameters: { text: "throw" } }),
    },
    {
      fault: "a handler that hangs",
      answer: "200 deadline_exceeded: the call took too long",
      play: ({ port }) => inTime(call(port, { parameters: { text: "hang" } }), 2 * budgetMs),
    },
    {
      fault: "a handler that blocks the process, for longer than the budget",
      answer: "200 deadline_exceeded: the call took too long",
      play: ({ port }) => call(port, { parameters: { text: "block" } }),
    },
    {
      fault: "another call while a handler blocks the process: answered when it is over",
      answer: helloAnswer,
      async play({ port }) {
        const blocking = call(port, { parameters: { text: "block" } });
        await sleep(100);
        const answer = await inTime(call(port), 3 * budgetMs);
        await blocking;
        return answer;
      },
    },
    {
      fault: "SIGTERM while a call runs: it is answered, then the process ends with status 0",
      answer: '200 {"text":"wait","note_count":300}',
      environment: "terminated",
      async play({ port, terminate }) {
        const calling = call(port, { parameters: { text: "wait", note_count: 300 } });
        await sleep(100);
        const status = await inTime(terminate(), requestTimeoutMs);
        return status === 0 ? calling : `status ${status}`;
      },
    },
  ],
};

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function inTime<T>(pending: Promise<T>, ms: number): Promise<T> {
  const start = Date.now();
  const value = await pending;
  if (Date.now() - start > ms) {
    throw new Error(`it took ${Date.now() - start} ms instead of ${ms}`);
  }
  return value;
}
