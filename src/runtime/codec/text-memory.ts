const encoder = new TextEncoder();

/** Memory that the next text takes, so that not every one needs its own. */
let spare: Memory | undefined;

interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView<ArrayBuffer>;
}

/** No more memory than this is kept for later. */
const maxSpare = 1 << 18;

/** What may be looked at behind the end of a text. It is zero, and no valid text has that. */
const margin = 64;

/** A text and its UTF-8, and a position in both. */
export class TextMemory {
  protected readonly source: string;
  /** The text in UTF-8, and some zeros. */
  protected readonly utf8: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  protected readonly view: DataView<ArrayBuffer>;
  /** How many bytes the text has. */
  protected readonly length: number;
  /** The index of the next byte. */
  protected position = 0;
  /** How many bytes more than UTF-16 code units there are before the position. */
  protected extra = 0;
  readonly #memory: Memory;

  constructor(text: string) {
    const size = 3 * text.length + margin;
    const memory = spare !== undefined && spare.bytes.length >= size ? spare : allocate(size);
    spare = undefined;
    this.#memory = memory;
    this.source = text;
    this.utf8 = memory.bytes;
    this.view = memory.view;
    this.length = encoder.encodeInto(text, memory.bytes).written;
    this.utf8.fill(0, this.length, this.length + margin);
  }

  /** Whether the text has no unpaired surrogates. */
  get isValid(): boolean {
    return this.length === this.source.length || this.source.isWellFormed();
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
