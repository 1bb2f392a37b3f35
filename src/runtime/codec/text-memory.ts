import { bytewiseText } from "./byte-text.ts";

/** Memory that the next text takes, so that not every one needs its own. */
let spare: Memory | undefined;

let encoder: TextEncoder | undefined;

interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView<ArrayBuffer>;
}

/** No more memory than this is kept for later. */
const maxSpare = 1 << 18;

/** What may be looked at behind the end of a text. It is zero, and no valid text has that. */
const margin = 64;

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
  readonly #memory: Memory;

  /** Whether bytes are UTF-8 turns out where they are read. */
  constructor(text: string | Uint8Array) {
    const isBytes = typeof text !== "string";
    const size = (isBytes ? 1 : 3) * text.length + margin;
    const memory = spare !== undefined && spare.bytes.length >= size ? spare : allocate(size);
    spare = undefined;
    const { bytes } = memory;
    if (isBytes) {
      bytes.set(text);
      this.length = text.length;
    } else {
      encoder ??= new TextEncoder();
      this.length = encoder.encodeInto(text, bytes).written;
    }
    bytes.fill(0, this.length, this.length + margin);
    this.#memory = memory;
    this.utf8 = bytes;
    this.view = memory.view;
    const isAscii = !isBytes && this.length === text.length;
    this.source = isAscii ? text : bytewiseText(bytes, this.length);
    // Searching is faster than looking for them.
    this.isUtf8 = isBytes || isAscii || !this.source.includes(replacement) || text.isWellFormed();
  }

  /** Gives the memory back. */
  release(): void {
    if (this.utf8.length <= maxSpare) {
      spare = this.#memory;
    }
  }
}

function allocate(size: number): Memory {
  const bytes = new Uint8Array(Math.max(size, 1 << 13));
  return { bytes, view: new DataView(bytes.buffer) };
}
