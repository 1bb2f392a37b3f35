import { type BufferedMemory, giveBack } from "./utf8-memory.ts";

/**
 * UTF-8 as text of one character a byte, U+0000 to U+00FF, where there are
 * Node's buffers. Sockets of Node take this kind of string fastest. It becomes a
 * string when somebody asks for it, so that what goes before it can be in the
 * same string.
 */
export class OneByteText {
  /** How many bytes it has. */
  readonly length: number;
  readonly #start: number;
  #memory: BufferedMemory | undefined;
  #text = "";

  /** @param memory belongs to the text from now on */
  constructor(memory: BufferedMemory, start: number, end: number) {
    this.length = end - start;
    this.#start = start;
    this.#memory = memory;
  }

  /** The text alone. */
  get text(): string {
    return this.#memory === undefined ? this.#text : this.#take(this.#memory, this.#start);
  }

  /** The text behind another one of this kind. */
  after(head: string): string {
    const memory = this.#memory;
    const start = this.#start - head.length;
    if (memory === undefined || start < 0) {
      return head + this.text;
    }
    memory.buffer.write(head, start, "latin1");
    const both = this.#take(memory, start);
    this.#text = both.slice(head.length);
    return both;
  }

  #take(memory: BufferedMemory, start: number): string {
    this.#memory = undefined;
    this.#text = memory.buffer.toString("latin1", start, this.#start + this.length);
    giveBack(memory);
    return this.#text;
  }
}
