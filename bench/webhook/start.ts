import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { connect as connectTo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type BenchLine, type Effort, median } from "../harness.ts";
import type { LoadRequest } from "../load/wrk.ts";
import type { ServerModules } from "./generate.ts";
import { signedRequest } from "./inputs.ts";
import { botwire, rawEcho } from "./subjects.ts";

const target = 1.25;

/** From the start of a process to the end of its first answer. */
export async function* measureStart(
  modules: ServerModules,
  { rounds }: Effort,
): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), "botwire-start-"));
  try {
    const served = await bundle(modules.botwire, join(folder, "botwire.cjs"));
    const NODE_COMPILE_CACHE = join(folder, "cache");
    const bundles: Bundle[] = [
      { name: rawEcho, file: await bundle(modules.raw, join(folder, "raw.cjs")) },
      { name: botwire, file: served },
      { name: `${botwire}, compile cache`, file: served, env: { NODE_COMPILE_CACHE } },
      { name: "connect-node", file: await bundle(modules.connect, join(folder, "connect.cjs")) },
    ];
    for (const each of bundles) {
      // The first start fills the cache, where there is one.
      await startOnce(each, "SIGTERM");
    }
    const times = bundles.map((): number[] => []);
    for (let i = 0; i < rounds * 3; i++) {
      for (const [index, each] of bundles.entries()) {
        times[index]?.push(await startOnce(each, "SIGKILL"));
      }
    }
    const [base = []] = times;
    for (const [index, { name, file }] of bundles.entries()) {
      const values = times[index] ?? [];
      const ratio = median(values.map((value, i) => value / (base[i] ?? Number.NaN)));
      yield {
        suite: "webhook",
        case: `process start to first 200, bundle of ${(statSync(file).size / 1024).toFixed(0)} KiB`,
        metric: name,
        value: median(values),
        unit: "ms",
        against: rawEcho,
        ratio,
        ...(name === botwire ? { target: `<= ${target}x`, met: ratio <= target } : {}),
      };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundle(module: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [module],
    outfile,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node24",
    conditions: ["@botwire/source"],
    logLevel: "error",
  });
  return outfile;
}

/** A server in one file. */
interface Bundle {
  readonly name: string;
  readonly file: string;
  /** More than the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Milliseconds until the server of a fresh process has answered.
 *
 * @param end how the process is ended afterwards
 */
async function startOnce({ name, file, env }: Bundle, end: NodeJS.Signals): Promise<number> {
  const path =
    name === "connect-node" ? "/bench.webhook.v1.CallbackService/Callback" : "/coze_callback";
  const request = signedRequest(path);
  const start = performance.now();
  const child = spawn(process.execPath, [file], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  try {
    const answer = await firstAnswer(await portOf(child), rawRequest(request));
    const elapsed = performance.now() - start;
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      throw new Error(`${file} answers ${answer}`);
    }
    return elapsed;
  } finally {
    const ended = once(child, "exit");
    child.kill(end);
    await ended;
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`the server ended with status ${status}`)));
    child.stdout?.once("data", (line) => {
      resolve(Number(/^READY (\d+)/.exec(String(line))?.[1]));
    });
  });
}

function rawRequest({ path, headers, body }: LoadRequest): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n`;
  return Buffer.concat([Buffer.from(`${head}${lines.join("")}\r\n`), body]);
}

function firstAnswer(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTo({ port, host: "127.0.0.1" });
    socket.once("error", reject);
    socket.once("data", (answer) => {
      resolve(answer.toString("latin1"));
      socket.destroy();
    });
    socket.write(bytes);
  });
}
