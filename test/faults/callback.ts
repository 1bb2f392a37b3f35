import { connect } from "../server/raw.ts";
import { signCallback } from "../webhook/sign-callback.ts";
import { newSecret } from "./settings.ts";

/** What is different about a callback. */
export interface CallbackParts {
  /** The parameters of the action. */
  readonly parameters?: object;
  /** More members of the envelope. */
  readonly envelope?: object;
  /** The body itself, in the place of all that. */
  readonly body?: string | Buffer;
  /** What is signed, if that is not the body. */
  readonly signed?: string;
  readonly secret?: string;
  /** When it is signed, in seconds after now. */
  readonly laterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the length is said to be, in bytes more than it is. */
  readonly extraLength?: number;
}

/** The bytes of a signed callback. */
export function callbackBytes(parts: CallbackParts = {}): Buffer {
  const { parameters = { text: "hello" }, envelope = {}, extraLength = 0 } = parts;
  const body = Buffer.from(
    parts.body ?? JSON.stringify({ action: "echo", parameters, ...envelope }),
  );
  const seconds = Math.floor(Date.now() / 1000) + (parts.laterSeconds ?? 0);
  const headers = {
    "content-type": "application/json",
    "content-length": String(body.length + extraLength),
    ...signCallback(parts.signed ?? body, parts.secret ?? newSecret, seconds),
    ...parts.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /coze_callback HTTP/1.1\r\nhost: bot\r\n${lines.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** The answer in one line: its status, and its data or the code and message of its error. */
export async function call(port: number, parts?: CallbackParts): Promise<string> {
  return firstAnswer(port, callbackBytes(parts));
}

/**
 * Sends bytes, and reads the first answer.
 *
 * @param end whether the client closes its side after them
 */
export async function firstAnswer(
  port: number,
  bytes: Buffer | string,
  end = false,
): Promise<string> {
  const { socket, closed, until, received } = connect(port);
  if (end) {
    socket.end(bytes);
  } else {
    socket.write(bytes);
  }
  // Every answer ends with its trace id.
  await Promise.race([until('"trace_id":"').catch(() => {}), closed]);
  await Promise.race([until('"}').catch(() => {}), closed]);
  socket.destroy();
  return oneLine(received());
}

function oneLine(answer: string): string {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const status = /^HTTP\/1\.1 (\d+)/.exec(head)?.[1];
  if (status === undefined) {
    return "none: the connection is closed";
  }
  const retry = /^retry-after: (\d+)$/m.exec(head.replaceAll("\r", ""))?.[1];
  const { data, error } = JSON.parse(Buffer.from(body, "latin1").toString());
  const outcome = error === undefined ? JSON.stringify(data) : `${error.code}: ${error.message}`;
  return `${status} ${outcome}${retry === undefined ? "" : ` (Retry-After: ${retry})`}`;
}
