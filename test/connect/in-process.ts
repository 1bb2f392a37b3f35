import type { Transport } from "@connectrpc/connect";
import { universalClientResponseFromFetch } from "@connectrpc/connect/protocol";
import { createTransport } from "@connectrpc/connect/protocol-connect";
import type { FetchHandler } from "botwire/fetch";

/** A transport of Connect to a fetch handler of the same process. */
export function transportTo(handler: FetchHandler): Transport {
  return createTransport({
    async httpClient({ url, method, header: headers, body = [], signal = null }) {
      const chunks: BlobPart[] = [];
      for await (const chunk of body) {
        chunks.push(new Uint8Array(chunk));
      }
      const request = new Request(url, { method, headers, body: new Blob(chunks), signal });
      return universalClientResponseFromFetch(await handler(request));
    },
    baseUrl: "https://bot.example.com",
    useBinaryFormat: false,
    interceptors: [],
    acceptCompression: [],
    sendCompression: null,
    compressMinBytes: 1024,
    readMaxBytes: 0xffffffff,
    writeMaxBytes: 0xffffffff,
  });
}
