import type { CallerSignal } from "../action/call.ts";
import type { HeaderReader } from "../action/headers.ts";
import { Refusal } from "../http/refusal.ts";
import { tooLarge } from "../http/too-large.ts";
import type { NodeHttpRequest } from "./node-http.ts";

/**
 * Reads a request's whole body. See `HttpRequest.body`.
 *
 * @param client who sends it
 */
export function readBody(
  request: NodeHttpRequest,
  headers: HeaderReader,
  client: CallerSignal,
  maxBytes: number,
): Promise<Uint8Array> {
  if (Number(headers.get("content-length")) > maxBytes) {
    return Promise.reject(tooLarge(maxBytes));
  }
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        // What still comes is dropped here, until the answer is out.
        more = undefined;
        first = undefined;
        reject(tooLarge(maxBytes));
      } else if (first === undefined) {
        first = chunk;
      } else if (more === undefined) {
        more = [first, chunk];
      } else {
        more.push(chunk);
      }
    });
    request.on("end", () => {
      resolve(more === undefined ? (first ?? noBytes) : Buffer.concat(more));
    });
    // After the end this does nothing any more.
    const onBreak = () => reject(cutOff());
    // Without a listener, a connection that breaks would be nobody's error.
    request.on("error", onBreak);
    client.addEventListener("abort", onBreak);
  });
}

const noBytes = new Uint8Array(0);

function cutOff(): Refusal {
  return new Refusal(400, "the body is cut off");
}
