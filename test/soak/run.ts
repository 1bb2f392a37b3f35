// Load and faults together, for as long as it takes to see what adds up:
//
//   npm run soak [-- --seconds 60] [--callers 24]
//
// Fails if a call is lost or gets an answer that is not its own, if anything is
// answered after its budget, or if the heap grows.
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closeConnections, soakCalls, starved } from "./calls.ts";
import { type SoakReport, soakBudgetMs } from "./settings.ts";

/** How late an answer may be, in milliseconds: platforms give up 200 after the budget. */
const lateMs = 200;

/** A process that stands still for longer has to turn calls away, in milliseconds. */
const starvedMs = 500;

/** How much the heap may grow: less than a promise for each call. */
const growthPerCall = 64;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    callers: { type: "string", default: "24" },
  },
});
const seconds = Number(values.seconds);
const callers = Number(values.callers);
if (!(seconds >= 10) || !(callers >= 1)) {
  console.error("usage: npm run soak [-- --seconds <10 or more>] [--callers <1 or more>]");
  process.exit(2);
}

const bot = fork(fileURLToPath(new URL("soak-bot.ts", import.meta.url)), {
  execArgv: ["-C", "@botwire/source", "--expose-gc"],
});
const [{ port }]: [{ port: number }] = await onceMessage();
const started = performance.now();
const elapsed = () => (performance.now() - started) / 1000;

const wrong: string[] = [];
let turnedAway = 0;
const counts = new Map<string, number>();
const samples: { calls: number; heapBytes: number }[] = [];
const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);

await Promise.all([...Array.from({ length: callers }, callUntilTheEnd), sampleUntilTheEnd()]);
closeConnections();
// What hangs and what went away is over by now.
await sleep(soakBudgetMs + 500);
const last = await report();
bot.kill("SIGTERM");
const [status] = await (once(bot, "exit") as Promise<[number | null]>);

const growth = slope(samples.slice(Math.floor(samples.length / 3)));
const checks: readonly (readonly [string, boolean])[] = [
  [`${total()} calls, ${wrong.length} without their right answer`, wrong.length === 0],
  [
    `${turnedAway} calls turned away, which is right only if the process stood still`,
    turnedAway === 0 || last.stillMs > starvedMs,
  ],
  [`${last.inFlight} calls not over`, last.inFlight === 0],
  [`${last.afterBudget} successes after the budget`, last.afterBudget === 0],
  [
    `the slowest call took ${last.latestMs.toFixed(0)} ms of ${soakBudgetMs}, and the process stood still for ${last.stillMs.toFixed(0)} at most`,
    last.latestMs <= soakBudgetMs + lateMs + last.stillMs,
  ],
  [`the heap grew by ${growth.toFixed(1)} bytes a call`, growth <= growthPerCall],
  [`the server ended with status ${status}`, status === 0],
];
for (const [name, count] of counts) {
  console.log(`${String(count).padStart(9)} ${name}`);
}
for (const line of wrong.slice(0, 10)) {
  console.log(`wrong: ${line}`);
}
for (const [text, ok] of checks) {
  console.log(`${ok ? "ok" : "FAILED"}: ${text}`);
}
process.exitCode = checks.every(([, ok]) => ok) ? 0 : 1;

async function callUntilTheEnd(): Promise<void> {
  while (elapsed() < seconds) {
    const call = choose();
    counts.set(call.name, (counts.get(call.name) ?? 0) + 1);
    try {
      const problem = await call.play(port);
      if (problem !== undefined && starved.test(problem)) {
        turnedAway += 1;
      } else if (problem !== undefined) {
        wrong.push(`${call.name}: ${problem}`);
      }
    } catch (error) {
      wrong.push(`${call.name}: ${error}`);
    }
  }
}

function choose() {
  const weights = soakCalls.reduce((sum, { weight }) => sum + weight, 0);
  let at = Math.random() * weights;
  for (const call of soakCalls) {
    at -= call.weight;
    if (at < 0) {
      return call;
    }
  }
  throw new Error("there are no calls");
}

async function sampleUntilTheEnd(): Promise<void> {
  const pauseMs = Math.max(1000, (seconds * 1000) / 60);
  while (elapsed() < seconds) {
    const { heapBytes } = await report();
    samples.push({ calls: total(), heapBytes });
    await sleep(pauseMs);
  }
}

async function report(): Promise<SoakReport> {
  const answer = onceMessage<SoakReport>();
  bot.send("report");
  return (await answer)[0];
}

function onceMessage<T>(): Promise<[T]> {
  return once(bot, "message") as Promise<[T]>;
}

/** Bytes a call, by least squares. */
function slope(points: readonly { calls: number; heapBytes: number }[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(({ calls }) => calls));
  const y = mean(points.map(({ heapBytes }) => heapBytes));
  const up = points.reduce((sum, p) => sum + (p.calls - x) * (p.heapBytes - y), 0);
  return up / points.reduce((sum, p) => sum + (p.calls - x) ** 2, 0);
}
