// The calls of the soak: sound ones, and every fault that a caller can inject.
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { callbackBytes, firstAnswer } from "../faults/callback.ts";
import { connect } from "../server/raw.ts";
import { signCallback } from "../webhook/sign-callback.ts";
import { soakSecret } from "./settings.ts";

/** One kind of call. */
export interface SoakCall {
  readonly name: string;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  /** Makes a call, and resolves to what is wrong with its answer, if anything is. */
  play(port: number): Promise<string | undefined>;
}

/** What a server answers that got no time on a core, whatever it was asked. */
export const starved = /"?code"?:"(deadline_exceeded|unavailable)"|(504|503) (deadline_|unavail)/;

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** The kinds of calls. */
export const soakCalls: readonly SoakCall[] = [
  { name: "echo", weight: 60, play: (port) => posted(port, "echo", 200, undefined) },
  { name: "wait", weight: 20, play: (port) => posted(port, "wait", 200, undefined) },
  { name: "throw", weight: 4, play: (port) => posted(port, "throw", 200, "internal") },
  { name: "refuse", weight: 4, play: (port) => posted(port, "refuse", 200, "not_found") },
  { name: "hang", weight: 0.3, play: (port) => posted(port, "hang", 200, "deadline_exceeded") },
  {
    name: "wrong secret",
    weight: 3,
    play: (port) => posted(port, "echo", 401, "unauthenticated", "another secret"),
  },
  {
    name: "replay",
    weight: 3,
    async play(port) {
      const envelope = { event_id: randomUUID() };
      const bytes = callbackBytes({ envelope, secret: soakSecret });
      const first = await firstAnswer(port, bytes);
      const second = await firstAnswer(port, bytes);
      return first.startsWith("200 {") && second.startsWith("401 unauthenticated")
        ? undefined
        : `${first}, then ${second}`;
    },
  },
  {
    name: "cut off",
    weight: 2,
    async play(port) {
      const bytes = callbackBytes({ secret: soakSecret, extraLength: 5 });
      const answer = await firstAnswer(port, bytes, true);
      return answer.startsWith("400 invalid_argument") ? undefined : answer;
    },
  },
  {
    name: "client gone",
    weight: 3,
    async play(port) {
      const { socket } = connect(port);
      socket.write(callbackBytes({ parameters: { text: "wait" }, secret: soakSecret }));
      await sleep(5);
      socket.destroy();
      return undefined;
    },
  },
];

/** A call on a connection that stays open. Its answer has to be its own. */
async function posted(
  port: number,
  kind: string,
  status: number,
  code: string | undefined,
  secret = soakSecret,
): Promise<string | undefined> {
  const text = `${kind} ${randomUUID()}`;
  const body = JSON.stringify({ action: "echo", parameters: { text } });
  const answer = await post(port, body, signCallback(body, secret));
  const { data, error } = JSON.parse(answer.body);
  const right =
    answer.status === status && (code === undefined ? data?.text === text : error?.code === code);
  return right ? undefined : `${answer.status} ${answer.body}`;
}

function post(
  port: number,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const type = { "content-type": "application/json", ...headers };
    const options = { port, host: "127.0.0.1", path: "/coze_callback", method: "POST", agent };
    const sent = request({ ...options, headers: type }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Closes the connections that calls left open. */
export function closeConnections(): void {
  agent.destroy();
}
