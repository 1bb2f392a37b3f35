/**
 * Looks at four bytes of UTF-8 at once, little-endian. The lowest bit of the
 * result belongs to the first byte that does not stand for itself in a JSON
 * string: a quote, backslash or control character, or one beyond ASCII. Zero if
 * there is none. Bits above the lowest say nothing.
 */
export function unusualBits(four: number): number {
  const unusual =
    four |
    (four - 0x20202020) |
    ((four ^ 0x22222222) - 0x01010101) |
    ((four ^ 0x5c5c5c5c) - 0x01010101);
  return unusual & 0x80808080;
}

/** Which of four bytes the lowest bit belongs to. */
export function firstByte(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}
