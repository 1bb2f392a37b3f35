import { promisify } from "node:util";
import type { Compressor } from "../http/compression.ts";

/**
 * Compresses with zlib, in Node's threads. It is loaded with the first answer
 * that is compressed, as most servers compress none. Brotli's own default takes
 * far longer than answers that are made anew each time are worth.
 */
export const nodeCompressor: Compressor = {
  codings: ["br", "gzip"],
  async compress(coding, body) {
    const { brotliCompress, constants, gzip } = await import("node:zlib");
    return coding === "br"
      ? promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : promisify(gzip)(body);
  },
};
