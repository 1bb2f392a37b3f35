// The load generator: wrk, of Debian's package of that name. It is light enough
// to share a core with the server, and tells every request's latency.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Placement, placed } from "./placement.ts";

/** A request that is sent over and over. */
export interface LoadRequest {
  readonly path: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a server is loaded. */
export interface Load {
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second, over all connections; as many as the server answers if left out. */
  readonly rate?: number | undefined;
  readonly placement: Placement;
}

/** What came of a load. Times are in milliseconds. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with a status above 399, broken connections, and answers that took over 20 s. */
  readonly errors: number;
}

/** Loads the server of a port of this machine. Rejects if wrk is missing or fails. */
export async function runWrk(port: number, request: LoadRequest, load: Load): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), "botwire-load-"));
  try {
    const script = join(folder, "request.lua");
    writeFileSync(join(folder, "body"), request.body);
    writeFileSync(script, luaScript(request, join(folder, "body"), load.rate));
    const [command, ...args] = placed(load.placement, "generator", [
      "wrk",
      ...["-t", "1", "-c", String(load.connections), "-d", `${load.seconds}s`],
      ...["--timeout", "20s", "-s", script, `http://127.0.0.1:${port}${request.path}`],
    ]);
    return parseResult(await output(command, args));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function luaScript({ body: _, headers }: LoadRequest, bodyFile: string, rate?: number): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  return `
local file = io.open(${JSON.stringify(bodyFile)}, "rb")
wrk.method, wrk.body = "POST", file:read("*a")
file:close()
${lines.join("\n")}
${rate === undefined ? "" : luaSchedule(rate)}
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency.mean, latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
`;
}

/** Every request has its moment, and a connection that is free takes the next one. */
function luaSchedule(rate: number): string {
  return `
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } moment; int clock_gettime(int, moment *);")
local moment, slot = ffi.new("moment"), nil
function delay()
  ffi.C.clock_gettime(1, moment)
  local now = tonumber(moment.s) * 1000 + tonumber(moment.ns) / 1e6
  slot = (slot or now) + ${1000 / rate}
  return math.max(0, slot - now)
end
`;
}

function parseResult(text: string): LoadResult {
  const values = /^RESULT (.*)$/m.exec(text)?.[1]?.split(" ").map(Number);
  if (values === undefined) {
    throw new Error(`wrk told no result:\n${text}`);
  }
  const [requests = 0, micros = 0, mean = 0, p50 = 0, p99 = 0, errors = 0] = values;
  return {
    requests,
    seconds: micros / 1e6,
    meanMs: mean / 1000,
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    errors,
  };
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
    }
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) {
        resolve(text);
      } else {
        reject(new Error(`wrk ended with status ${status}:\n${text}`));
      }
    });
  });
}
