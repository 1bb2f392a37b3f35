import type { ActionResponse } from "../action/call.ts";
import type { MiddlewareContext } from "../action/context.ts";
import { messageContent } from "../action/message-content.ts";
import type { Middleware } from "../action/middleware.ts";
import { createCheck, type Piece } from "./check-content.ts";
import { collectAt, collectDeclared } from "./collect-content.ts";
import { infectedAnswer, refusedRequest } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import type { UnwrapLimits } from "./unwrap.ts";

/** What the scanning of content can be told. */
export interface ScanContentOptions {
  /** Who scans: a client of `bot.scan.v1.ScannerService`, or an engine in this process. */
  readonly scanner: Scanner;
  /**
   * Fields of requests that are scanned wherever a request has them, beside
   * those that contracts declare: paths of properties as in TypeScript.
   * `["message.content"]` by default.
   */
  readonly fields?: readonly string[] | undefined;
  /** Whether the declared fields of answers are scanned, too. False by default. */
  readonly responses?: boolean | undefined;
  /** The longest that a call waits for the scanner, in milliseconds. 1000 by default. */
  readonly timeoutMs?: number | undefined;
  /**
   * Lets content pass that nobody scanned, if the scanner is down or too slow,
   * instead of failing the call as `unavailable`. False by default.
   */
  readonly failOpen?: boolean | undefined;
  /** How far content is taken apart. */
  readonly limits?: Partial<UnwrapLimits> | undefined;
}

/**
 * Has a scanner look at the content of calls before their handlers do: at
 * `message.content`, and at the fields that contracts declare with
 * `(bot.action.v1.field).scan`, decoded, and at what is encoded in them.
 *
 * Content that is infected, or can't be taken apart within the limits, fails the
 * call as `invalid_argument` with a violation for each field. A scanner that is
 * down fails it as `unavailable`.
 */
export function scanContent(options: ScanContentOptions): Middleware {
  const paths = (options.fields ?? ["message.content"]).map(checkedPath);
  const check = createCheck(options);

  const request = async (context: MiddlewareContext) => {
    const pieces: Piece[] = [];
    const visit = collector(pieces);
    const content = context.get(messageContent);
    if (content !== "") {
      visit("message.content", content);
    }
    const message = await context.request();
    for (const path of paths) {
      collectAt(message, path, visit);
    }
    collectDeclared(message, context.action.input, visit);
    return check(pieces, context, refusedRequest);
  };

  const answer = async (message: unknown, context: MiddlewareContext) => {
    const pieces: Piece[] = [];
    collectDeclared(message, context.action.output, collector(pieces));
    await check(pieces, context, infectedAnswer);
    return message;
  };

  return async function scanContent(context, next) {
    // The request of a job was scanned when the job was asked for.
    if (context.stage !== "job") {
      await request(context);
    }
    const response = await next();
    if (options.responses !== true || context.action.output.scan === undefined) {
      return response;
    }
    return scannedResponse(response, (message) => answer(message, context));
  };
}

async function scannedResponse(
  response: ActionResponse,
  scanned: (message: unknown) => Promise<unknown>,
): Promise<ActionResponse> {
  switch (response.kind) {
    case "unary":
      return { kind: "unary", message: await scanned(response.message) };
    case "stream":
      return { kind: "stream", messages: eachScanned(response.messages, scanned) };
    case "receipt":
      // The job is scanned when it answers.
      return response;
  }
}

async function* eachScanned(
  messages: AsyncIterable<unknown>,
  scanned: (message: unknown) => Promise<unknown>,
): AsyncGenerator<unknown> {
  for await (const message of messages) {
    yield await scanned(message);
  }
}

function collector(pieces: Piece[]) {
  const utf8 = new TextEncoder();
  return (field: string, content: string | Uint8Array) => {
    if (content.length > 0) {
      pieces.push({ field, bytes: typeof content === "string" ? utf8.encode(content) : content });
    }
  };
}

function checkedPath(path: string): readonly string[] {
  const names = path.split(".");
  if (!names.every((name) => /^[A-Za-z$][\w$]*$/.test(name)) || /[a-z]_[a-z]/.test(path)) {
    throw new TypeError(
      `scanContent: fields must have paths of properties as in TypeScript, for example "message.fileData", not ${JSON.stringify(path)}`,
    );
  }
  return names;
}
