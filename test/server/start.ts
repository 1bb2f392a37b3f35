import { type Implementation, type LogFields, type Logger, silentLogger } from "botwire";
import { type BotServer, type BotServerOptions, createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { onTestFinished } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";

/** A server that listens, and where. */
export interface Started {
  readonly server: BotServer;
  readonly url: string;
  readonly port: number;
}

/** What most tests serve: unsigned doors for the bot of notes. */
export const openDoors = [callbackDoor({ unsigned: true }), toolDoor({ unsigned: true })];

/** Starts a server on a free port. It is closed when the test is over. */
export async function start(
  options: Partial<BotServerOptions> & { readonly bot?: Implementation } = {},
): Promise<Started> {
  const { bot = noteBot(), ...rest } = options;
  const server = createBotServer({
    actions: [bot],
    doors: openDoors,
    log: silentLogger,
    ownsProcess: false,
    shutdownMs: 500,
    ...rest,
  });
  onTestFinished(() => server.close());
  const { url, port } = await server.listen({ port: 0, host: "127.0.0.1" });
  return { server, url, port };
}

/** A line that was logged. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps its lines. */
export function keepLog(): { readonly log: Logger; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const keep =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  return {
    lines,
    log: { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") },
  };
}

/** Posts JSON, or a body as it is. */
export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: toBody(body),
  });
}

function toBody(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) {
    return new Uint8Array(body);
  }
  return typeof body === "string" ? body : JSON.stringify(body);
}
