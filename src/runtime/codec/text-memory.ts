import { bytewiseText } from "./byte-text.ts";
import { giveBack, putText, takeMemory, type Utf8Memory } from "./utf8-memory.ts";

/** What may be looked at behind the end of a text. It is zero, and no valid text has that. */
const margin = 8;

/** U+FFFD, which comes out of unpaired surrogates, as {@link bytewiseText} has it. */
const replacement = "\u00ef\u00bf\u00bd";

/** A text in UTF-8, and a position in it. */
export class TextMemory {
  /** The text in UTF-8, and some zeros. */
  protected readonly utf8: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  protected readonly view: DataView<ArrayBuffer>;
  /** How many bytes the text has. */
  protected readonly length: number;
  /** The bytes as characters, out of which ASCII is cut: see {@link bytewiseText}. */
  protected readonly source: string;
  /** False if there are unpaired surrogates, which UTF-8 doesn't have. */
  protected readonly isUtf8: boolean;
  /** The index of the next byte. */
  protected position = 0;
  readonly #memory: Utf8Memory;

  /** Whether bytes are UTF-8 turns out where they are read. */
  constructor(text: string | Uint8Array) {
    const isBytes = typeof text !== "string";
    const memory = takeMemory((isBytes ? 1 : 3) * text.length + margin);
    const { bytes, view } = memory;
    if (isBytes) {
      bytes.set(text);
      this.length = text.length;
    } else {
      this.length = putText(memory, 0, text);
    }
    view.setFloat64(this.length, 0);
    this.#memory = memory;
    this.utf8 = bytes;
    this.view = view;
    const isAscii = !isBytes && this.length === text.length;
    this.source = isAscii ? text : bytewiseText(bytes, this.length);
    // Searching is faster than looking for them.
    this.isUtf8 = isBytes || isAscii || !this.source.includes(replacement) || text.isWellFormed();
  }

  /** Gives the memory back. */
  release(): void {
    giveBack(this.#memory);
  }
}
