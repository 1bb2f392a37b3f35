const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Memory for text in UTF-8. */
export interface Utf8Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView<ArrayBuffer>;
  /** The same bytes, where there are Node's buffers: they take less time than what is standard. */
  readonly buffer: NodeBuffer | undefined;
}

/** Memory where there are Node's buffers. */
export interface BufferedMemory extends Utf8Memory {
  readonly buffer: NodeBuffer;
}

/** What is used of Node's `Buffer`. */
interface NodeBuffer {
  write(text: string, offset: number, encoding?: "latin1"): number;
  toString(encoding: "utf8" | "latin1", start: number, end: number): string;
}

/** Memory that the next text takes, so that not every one needs its own. */
let spare: Utf8Memory | undefined;

/** No less memory than this is allocated, and no more kept for later. */
const minSize = 1 << 13;
const maxSpare = 1 << 18;

/** Takes memory of a size, or more. */
export function takeMemory(size: number): Utf8Memory {
  const memory = spare;
  spare = undefined;
  return memory !== undefined && memory.bytes.length >= size ? memory : allocate(size);
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
  const bytes = new Uint8Array(Math.max(size, minSize));
  return { bytes, view: new DataView(bytes.buffer), buffer: globalThis.Buffer?.from(bytes.buffer) };
}

/** The bytes of a text. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Writes text, for which there is room, and returns how many bytes it has. */
export function putText({ buffer, bytes }: Utf8Memory, at: number, text: string): number {
  return buffer === undefined
    ? encoder.encodeInto(text, bytes.subarray(at)).written
    : buffer.write(text, at);
}

/** The text that was written from an index on, or first, up to another one. */
export function getText({ buffer, bytes }: Utf8Memory, end: number, start = 0): string {
  return buffer === undefined
    ? decoder.decode(bytes.subarray(start, end))
    : buffer.toString("utf8", start, end);
}

/** Whether there are Node's buffers. */
export function hasBuffer(memory: Utf8Memory): memory is BufferedMemory {
  return memory.buffer !== undefined;
}

/** The same text as UTF-8. */
export function getBytes({ bytes }: Utf8Memory, length: number): Uint8Array<ArrayBuffer> {
  return bytes.slice(0, length);
}
