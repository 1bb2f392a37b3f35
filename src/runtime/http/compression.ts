import type { HeaderReader } from "../action/headers.ts";
import type { OneByteText } from "../codec/one-byte-text.ts";
import type { HttpHandler, HttpResponse } from "./exchange.ts";
import { isWhole, standardBody, type WholeBody } from "./whole-body.ts";

/** Which answers are compressed. */
export interface CompressionOptions {
  /** Answers with a shorter body go out as they are, in bytes; 1024 by default. */
  readonly minBytes?: number | undefined;
}

/** A way to compress, as HTTP names it. */
export type ContentCoding = "br" | "gzip";

/** What a platform can compress with. */
export interface Compressor {
  /** The one that is preferred first. */
  readonly codings: readonly ContentCoding[];
  compress(
    coding: ContentCoding,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

/** What goes around the handlers of a server whose answers are to be compressed. */
export function compression(
  options: boolean | CompressionOptions | undefined,
  compressor: Compressor,
): ((handle: HttpHandler) => HttpHandler) | undefined {
  if (options === undefined || options === false) {
    return undefined;
  }
  return compressAnswers(options === true ? {} : options, compressor);
}

/**
 * Compresses the answers of a handler for clients that accept it. Streams go
 * out as they are: each of their events should leave at once.
 *
 * Throws if an option is wrong.
 */
function compressAnswers(
  options: CompressionOptions,
  compressor: Compressor,
): (handle: HttpHandler) => HttpHandler {
  const { minBytes = 1024 } = options;
  if (!Number.isSafeInteger(minBytes) || minBytes < 0) {
    throw new Error(`compression: minBytes must be an integer of 0 or more, not ${minBytes}`);
  }
  return (handle) => async (request) => {
    const response = await handle(request);
    const { body } = response;
    if (!isWhole(body) || body instanceof Uint8Array || lengthOf(body) < minBytes) {
      return response;
    }
    const coding = acceptedCoding(request.headers, compressor.codings);
    return coding === undefined
      ? withHeaders(response, body, vary)
      : withHeaders(response, await compressor.compress(coding, standardBody(body)), [
          ...vary,
          "content-encoding",
          coding,
        ]);
  };
}

/** No text has fewer bytes than units; that those are a few more does not matter. */
function lengthOf(body: string | OneByteText): number {
  return body.length;
}

/** Caches have to know that the answer differs by what the client accepts. */
const vary = ["vary", "accept-encoding"];

function withHeaders(
  { status, headers }: HttpResponse,
  body: WholeBody,
  more: readonly string[],
): HttpResponse {
  return { status, headers: [...headers, ...more], body };
}

/**
 * The coding that a client wants most of those that there are; undefined if it
 * wants none. See https://www.rfc-editor.org/rfc/rfc9110#field.accept-encoding.
 */
function acceptedCoding(
  headers: HeaderReader,
  codings: readonly ContentCoding[],
): ContentCoding | undefined {
  const header = headers.get("accept-encoding");
  if (header === undefined || header.length > maxHeaderLength) {
    return undefined;
  }
  const weights = new Map<string, number>();
  for (const element of header.toLowerCase().split(",")) {
    const [, coding, weight = "1"] = codingElement.exec(element) ?? [];
    if (coding !== undefined) {
      weights.set(coding, Number(weight));
    }
  }
  let best: ContentCoding | undefined;
  let bestWeight = 0;
  for (const coding of codings) {
    const weight = weights.get(coding) ?? weights.get("*") ?? 0;
    if (weight > bestWeight) {
      best = coding;
      bestWeight = weight;
    }
  }
  return best;
}

/** Longer ones are no list of a few codings. */
const maxHeaderLength = 1000;

const codingElement =
  /^[ \t]*([a-z-]+|\*)[ \t]*(?:;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[ \t]*)?$/;
