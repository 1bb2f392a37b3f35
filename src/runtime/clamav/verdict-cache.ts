import { createHash } from "node:crypto";
import type { Verdict } from "../../../generated/types/bot/scan/v1/scanner.ts";

interface Entry {
  readonly verdict: Verdict;
  /** In milliseconds of `performance.now()`. */
  readonly expiresAt: number;
}

/** Remembers verdicts for a while, those that were asked for last. */
export class VerdictCache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;
  readonly #ttlMs: number;

  constructor(maxEntries: number, ttlMs: number) {
    this.#maxEntries = maxEntries;
    this.#ttlMs = ttlMs;
  }

  /** The key of a piece of content, as an engine with these signatures sees it. */
  keyOf(content: Uint8Array, version: string): string {
    return `${createHash("sha256").update(content).digest("base64")} ${version}`;
  }

  get(key: string): Verdict | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(key);
    if (entry.expiresAt <= performance.now()) {
      return undefined;
    }
    this.#entries.set(key, entry);
    return entry.verdict;
  }

  set(key: string, verdict: Verdict): void {
    this.#entries.delete(key);
    this.#entries.set(key, { verdict, expiresAt: performance.now() + this.#ttlMs });
    if (this.#entries.size > this.#maxEntries) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) {
        this.#entries.delete(oldest);
      }
    }
  }
}
