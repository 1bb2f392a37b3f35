const encoder = new TextEncoder();

/**
 * A name as it stands in UTF-8 text, packed so that eight bytes at a time can be
 * stored or compared: every piece is a double with the bits of eight bytes.
 */
export interface PackedName {
  /** How many bytes it has. */
  readonly length: number;
  /** The bytes; the last piece is filled up with zeros. */
  readonly pieces: Float64Array;
  /** The last eight bytes, some of which may be in the piece before as well. */
  readonly last: number;
  /** All bytes, for names that have less than eight. */
  readonly short: Uint8Array;
}

/**
 * Packs a name, in so many pieces at least. No text has the bits of a NaN, of
 * which not all would be kept.
 */
export function packName(text: string, pieces = 1): PackedName {
  const bytes = encoder.encode(text);
  const filled = new Uint8Array(Math.max(pieces, Math.ceil(bytes.length / 8)) * 8);
  filled.set(bytes);
  const view = new DataView(filled.buffer);
  return {
    length: bytes.length,
    pieces: Float64Array.from({ length: filled.length / 8 }, (_, i) =>
      view.getFloat64(8 * i, true),
    ),
    last: view.getFloat64(Math.max(0, bytes.length - 8), true),
    short: bytes,
  };
}
