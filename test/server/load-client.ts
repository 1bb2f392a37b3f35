/**
 * A process that calls a server from many connections at once, each as soon as
 * it has the answer to its last call, and prints what became of the calls:
 * `node load-client.ts <url> <connections> <milliseconds> <pause after a refusal>`
 */
import http from "node:http";
import type { CallTimes } from "./load.ts";

const [url = "", connections = "1", duration = "1000", pause = "0"] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(connections) });
const times: { [status: string]: number[] } = {};
const withoutRetryAfter = { count: 0 };
const until = performance.now() + Number(duration);

function call(): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = '{"text":"x"}';
    const started = performance.now();
    const headers = { "content-type": "application/json", "content-length": body.length };
    const request = http.request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        const list = times[status] ?? [];
        times[status] = list;
        list.push(performance.now() - started);
        if (status === 503 && response.headers["retry-after"] === undefined) {
          withoutRetryAfter.count++;
        }
        resolve(status);
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function connection(): Promise<void> {
  while (performance.now() < until) {
    const status = await call();
    if (status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, Number(pause)));
    }
  }
}

await Promise.all(Array.from({ length: Number(connections) }, connection));
agent.destroy();
const result: CallTimes = { times, withoutRetryAfter: withoutRetryAfter.count };
process.stdout.write(JSON.stringify(result));
