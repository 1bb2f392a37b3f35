/**
 * Bytes as text of one character a byte, U+0000 to U+00FF. Sockets of Node take
 * this kind of string fastest.
 */
export interface OneByteText {
  readonly oneByteText: string;
}
