import type { Compressor } from "./compression.ts";

/** Compresses with what every platform of the Fetch API has. */
export const webCompressor: Compressor = {
  codings: ["gzip"],
  async compress(_, body) {
    const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  },
};
