const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Memory that text in UTF-8 is printed to. */
export interface Utf8Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView<ArrayBuffer>;
  /** The same bytes, where there are Node's buffers: they take less time than what is standard. */
  readonly buffer: NodeBuffer | undefined;
}

/** What is used of Node's `Buffer`. */
interface NodeBuffer {
  write(text: string, offset: number): number;
  toString(encoding: "utf8" | "latin1", start: number, end: number): string;
}

/** Memory that the next printer takes, so that not every message needs its own. */
let spare: Utf8Memory | undefined;

/** No more memory than this is kept for later. */
const maxSpare = 1 << 18;

export function takeMemory(): Utf8Memory {
  const memory = spare ?? allocate(1 << 12);
  spare = undefined;
  return memory;
}

export function giveBack(memory: Utf8Memory): void {
  if (memory.bytes.length <= maxSpare) {
    spare = memory;
  }
}

/** Memory of another size with the same text in it. */
export function resize(memory: Utf8Memory, length: number, size: number): Utf8Memory {
  const larger = allocate(size);
  larger.bytes.set(memory.bytes.subarray(0, length));
  return larger;
}

function allocate(size: number): Utf8Memory {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer), buffer: globalThis.Buffer?.from(bytes.buffer) };
}

/** Writes text, for which there is room, and returns how many bytes it has. */
export function putText({ buffer, bytes }: Utf8Memory, at: number, text: string): number {
  return buffer === undefined
    ? encoder.encodeInto(text, bytes.subarray(at)).written
    : buffer.write(text, at);
}

/** The UTF-8 of the text, one character a byte; undefined without Node's buffers. */
export function getOneByteText({ buffer }: Utf8Memory, length: number): string | undefined {
  return buffer?.toString("latin1", 0, length);
}

/** The text that was written first. */
export function getText({ buffer, bytes }: Utf8Memory, length: number): string {
  return buffer === undefined
    ? decoder.decode(bytes.subarray(0, length))
    : buffer.toString("utf8", 0, length);
}
