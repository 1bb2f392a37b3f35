import { findBase64 } from "./base64-runs.ts";
import { findDataUrls } from "./data-urls.ts";
import { undoJsonEscapes } from "./json-escapes.ts";

/** How far content is taken apart. What goes beyond is refused, not passed on unseen. */
export interface UnwrapLimits {
  /** How many layers of encoding may lie on each other; 8 by default. */
  readonly depth: number;
  /** How many pieces the content of a call may have, decoded ones included; 1000 by default. */
  readonly parts: number;
  /** How many bytes they may have in all; 8 MiB by default. */
  readonly bytes: number;
}

/** Why content was not taken apart to its end. */
export type UnwrapProblem = keyof UnwrapLimits;

/** The pieces of a call's content, each once. */
export class Parts {
  readonly #limits: UnwrapLimits;
  readonly #list: Uint8Array[] = [];
  readonly #fields: string[] = [];
  readonly #byLength = new Map<number, Uint8Array[]>();
  #bytes = 0;

  constructor(limits: UnwrapLimits) {
    this.#limits = limits;
  }

  /** All pieces that were added. */
  get list(): Uint8Array[] {
    return this.#list;
  }

  /** The field that a piece was first found in. */
  fieldOf(index: number): string {
    return this.#fields[index] ?? "";
  }

  /**
   * Adds the content of a field, and what is encoded in it: in JSON's escapes,
   * base64 and `data:` URLs, in any order. Returns which limit stopped it.
   */
  add(field: string, content: Uint8Array): UnwrapProblem | undefined {
    let layer = [content];
    for (let depth = 0; layer.length > 0; depth++) {
      const fresh: Uint8Array[] = [];
      for (const part of layer) {
        if (part.length > 0 && this.#isNew(part)) {
          const problem = depth > this.#limits.depth ? "depth" : this.#take(field, part);
          if (problem !== undefined) {
            return problem;
          }
          fresh.push(part);
        }
      }
      layer = fresh.flatMap(decodings);
    }
    return undefined;
  }

  #take(field: string, part: Uint8Array): UnwrapProblem | undefined {
    this.#bytes += part.length;
    if (this.#bytes > this.#limits.bytes) {
      return "bytes";
    }
    if (this.#list.length >= this.#limits.parts) {
      return "parts";
    }
    this.#list.push(part);
    this.#fields.push(field);
    return undefined;
  }

  /** Remembers a piece; a hash would let those that clash pass as seen. */
  #isNew(part: Uint8Array): boolean {
    const alike = this.#byLength.get(part.length);
    if (alike === undefined) {
      this.#byLength.set(part.length, [part]);
      return true;
    }
    if (alike.some((other) => equal(other, part))) {
      return false;
    }
    alike.push(part);
    return true;
  }
}

/** What is encoded in a piece. */
function decodings(part: Uint8Array): Uint8Array[] {
  const found = [...findDataUrls(part), ...findBase64(part)];
  const plain = undoJsonEscapes(part);
  return plain === undefined ? found : [...found, plain];
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  for (let i = 0; i < one.length; i++) {
    if (one[i] !== other[i]) {
      return false;
    }
  }
  return true;
}
