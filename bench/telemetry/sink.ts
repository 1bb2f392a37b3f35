// Takes OTLP over HTTP with Protobuf and counts what comes, in a process of its
// own. Paths begin with the name under which is counted; GET tells the counts.
import { createServer, type IncomingMessage } from "node:http";
import { listenAndTell } from "../webhook/servers/ready.ts";

/** What came under a name. */
export interface SinkCounts {
  calls: number;
  spans: number;
  logs: number;
  metrics: number;
}

const counts = new Map<string, SinkCounts>();

/** Where the records are in a request of each signal: field 2 of field 2 of field 1 of all three. */
const recordPath = [1, 2, 2];

/** Counts fields on a path through nested messages, without decoding anything else. */
function countFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: readonly number[],
): number {
  const [field, ...below] = path;
  let count = 0;
  let at = start;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (at < end) {
    const tag = varint();
    switch (tag & 7) {
      case 0:
        varint();
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (tag >>> 3 === field) {
          count += below.length === 0 ? 1 : countFields(bytes, at, at + length, below);
        }
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw new Error(`no wire type: ${tag & 7}`);
    }
  }
  return count;
}

function take(name: string, rest: string, body: Buffer): void {
  const of = counts.get(name) ?? { calls: 0, spans: 0, logs: 0, metrics: 0 };
  counts.set(name, of);
  const records = () => countFields(body, 0, body.length, recordPath);
  switch (rest) {
    case "calls":
      of.calls += Number(body.toString());
      break;
    case "v1/traces":
      of.spans += records();
      break;
    case "v1/logs":
      of.logs += records();
      break;
    case "v1/metrics":
      of.metrics += records();
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

listenAndTell(
  createServer(async (request, response) => {
    if (request.method === "GET") {
      response.end(JSON.stringify(Object.fromEntries(counts)));
      return;
    }
    const [, name = "", ...rest] = (request.url ?? "").split("/");
    take(name, rest.join("/"), await readAll(request));
    response.end();
  }),
);
