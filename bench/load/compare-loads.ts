import { median } from "../harness.ts";
import { requireLoadTools } from "./placement.ts";
import { startServer } from "./server-process.ts";
import { type Load, type LoadRequest, type LoadResult, runWrk } from "./wrk.ts";

/** A server under load. */
export interface LoadSubject {
  readonly name: string;
  /** Prints `READY <port>` when it listens. */
  readonly module: string;
  readonly args?: readonly string[];
  /** Made anew for each load, because signatures do not stay good. */
  request(): LoadRequest;
  /** Whether an answer of the server is the right one. */
  isRight(answer: string): boolean;
}

/** What was measured of a subject: the median of rounds, but of the errors the sum. */
export interface Measured extends LoadResult {
  /** Requests a second. */
  readonly rate: number;
  /** The server's time on a core for one request, in microseconds. */
  readonly cpuMicros: number;
  /** The server's resident memory after the load, in MiB. */
  readonly rssMiB: number;
}

/** Subjects that took turns under the same load. */
export interface Comparison {
  readonly of: ReadonlyMap<string, Measured>;
  /**
   * How many times as large a figure of one subject is as another's: the median
   * over rounds, each compared within itself, as machines get slower and faster.
   */
  ratio(figure: keyof Measured, name: string, against: string): number;
}

/** Loads subjects in turn, each time in a fresh process. */
export async function compareLoads(
  subjects: readonly LoadSubject[],
  load: Load & { readonly rounds: number },
): Promise<Comparison> {
  requireLoadTools();
  const rounds = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < load.rounds; round++) {
    const shift = round % subjects.length;
    for (const subject of [...subjects.slice(shift), ...subjects.slice(0, shift)]) {
      rounds.get(subject.name)?.push(await measure(subject, load));
    }
  }
  return {
    of: new Map([...rounds].map(([name, list]) => [name, summary(list)])),
    ratio(figure, name, against) {
      const base = rounds.get(against) ?? [];
      const values = rounds.get(name) ?? [];
      return median(values.map((value, i) => value[figure] / (base[i]?.[figure] ?? Number.NaN)));
    },
  };
}

async function measure(subject: LoadSubject, load: Load): Promise<Measured> {
  await using server = await startServer(subject.module, subject.args ?? [], load.placement);
  await assertRight(subject, server.port);
  await warmUp(subject, server.port, load);
  const before = server.usage();
  const result = await runWrk(server.port, subject.request(), load);
  const after = server.usage();
  return {
    ...result,
    rate: result.requests / result.seconds,
    cpuMicros: ((after.cpuMs - before.cpuMs) * 1000) / result.requests,
    rssMiB: after.rssMiB,
  };
}

/** Answers to as many requests are enough for the compiler to have seen everything. */
const warmRequests = 20_000;

/** Counts requests instead of time, so that slow servers are as warm as fast ones. */
async function warmUp(subject: LoadSubject, port: number, { placement }: Load): Promise<void> {
  let answered = 0;
  for (let second = 0; second < 15 && answered < warmRequests; second++) {
    const load = { connections: 64, seconds: 1, placement };
    answered += (await runWrk(port, subject.request(), load)).requests;
  }
}

/** Who answers faster because the answer is wrong has not won. */
async function assertRight(subject: LoadSubject, port: number): Promise<void> {
  const { path, headers, body } = subject.request();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
  const answer = await response.text();
  if (response.status !== 200 || !subject.isRight(answer)) {
    throw new Error(`${subject.name} answers ${response.status} ${answer}`);
  }
}

function summary(list: readonly Measured[]): Measured {
  const middle = (figure: keyof Measured) => median(list.map((measured) => measured[figure]));
  return {
    requests: middle("requests"),
    seconds: middle("seconds"),
    meanMs: middle("meanMs"),
    p50Ms: middle("p50Ms"),
    p99Ms: middle("p99Ms"),
    rate: middle("rate"),
    cpuMicros: middle("cpuMicros"),
    rssMiB: middle("rssMiB"),
    errors: list.reduce((sum, { errors }) => sum + errors, 0),
  };
}
