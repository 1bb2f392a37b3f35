import { ActionError } from "../action/error.ts";
import { parseLossless } from "../codec/lossless-json.ts";
import { isRecord, type JsonRecord } from "../http/json-body.ts";
import type { RefusedAnswer } from "./api-error.ts";

/** The longest answer, and the longest event of a stream, in bytes. */
export const maxAnswerBytes = 32 * 1024 * 1024;

/** The text of an answer. Fails if there is no end to it. */
export async function readText(response: Response): Promise<string> {
  if (response.body === null) {
    return "";
  }
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) {
      throw unreadable(`is longer than ${maxAnswerBytes} bytes`);
    }
    pieces.push(decoder.decode(chunk, { stream: true }));
  }
  return pieces.join("") + decoder.decode();
}

/** A JSON object, or undefined if the text is none. Long ids keep their digits, as text. */
export function readObject(text: string): JsonRecord | undefined {
  try {
    const value = parseLossless(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What an answer says of a failure, undefined if it is a success. */
export function refusedAnswer(
  { ok, status, headers }: Response,
  body: JsonRecord | undefined,
): RefusedAnswer | undefined {
  const code = codeOf(body);
  // The platform refuses with status 200, too.
  if (ok && (code === undefined || code === 0)) {
    return undefined;
  }
  const detail = isRecord(body?.["detail"]) ? body["detail"]["logid"] : undefined;
  return {
    status,
    code: code === 0 ? undefined : code,
    message: messageOf(body),
    logId: typeof detail === "string" ? detail : (headers.get("x-tt-logid") ?? ""),
  };
}

function codeOf(body: JsonRecord | undefined): number | string | undefined {
  const code = body?.["code"] ?? body?.["error_code"] ?? body?.["error"];
  return typeof code === "number" || (typeof code === "string" && code !== "") ? code : undefined;
}

function messageOf(body: JsonRecord | undefined): string {
  const message = body?.["msg"] ?? body?.["error_message"] ?? body?.["error_description"];
  return typeof message === "string" ? message : "";
}

/** The error of an answer that is not what the platform documents. */
export function unreadable(problem: string): ActionError {
  return new ActionError("internal", "the bot platform's answer cannot be read", {
    cause: new Error(`the platform's answer ${problem}`),
  });
}
