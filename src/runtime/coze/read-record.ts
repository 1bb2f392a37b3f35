import { isRecord, type JsonRecord } from "../http/json-body.ts";
import { unreadable } from "./answer.ts";

/** A text of an answer; empty if there is none. Ids may come as numbers. */
export function textIn(record: JsonRecord, key: string): string {
  const value = record[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A whole number of an answer, which may come as text; 0 if there is none. */
export function numberIn(record: JsonRecord, key: string): number {
  const value = record[key];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : 0;
}

/** True only if an answer says so. */
export function flagIn(record: JsonRecord, key: string): boolean {
  return record[key] === true;
}

/** A time of an answer, which has it in seconds; undefined if it is not known. */
export function timeIn(record: JsonRecord, key: string): Date | undefined {
  const seconds = numberIn(record, key);
  // More than a Date can hold is no time.
  return seconds > 0 && seconds <= 8.64e12 ? new Date(seconds * 1000) : undefined;
}

/** An object of an answer; undefined if there is none. */
export function recordIn(record: JsonRecord, key: string): JsonRecord | undefined {
  const value = record[key];
  return isRecord(value) ? value : undefined;
}

/** A list of objects of an answer, each read; empty if there is none. */
export function listIn<T>(
  record: JsonRecord,
  key: string,
  read: (item: JsonRecord) => T,
): readonly T[] {
  const value = record[key] ?? [];
  if (!Array.isArray(value) || !value.every(isRecord)) {
    throw unreadable(`has no list of objects in ${JSON.stringify(key)}`);
  }
  return value.map(read);
}

/** A map of texts; what is no text is left out. */
export function textsIn(record: JsonRecord, key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordIn(record, key) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

/** Tokens of a language model that something took. */
export interface TokenUsage {
  readonly total: number;
  readonly input: number;
  readonly output: number;
}

/** What an answer says about usage. */
export function usageIn(record: JsonRecord): TokenUsage | undefined {
  const usage = recordIn(record, "usage");
  return usage === undefined
    ? undefined
    : {
        total: numberIn(usage, "token_count"),
        input: numberIn(usage, "input_count"),
        output: numberIn(usage, "output_count"),
      };
}
