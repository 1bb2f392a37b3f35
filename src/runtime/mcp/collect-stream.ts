import type { ServerContext } from "@modelcontextprotocol/server";
import { ActionError } from "../action/error.ts";
import type { JsonObject } from "../codec/json-value.ts";

/** What a tool may answer with. */
export interface StreamLimits {
  /** How long the messages of a stream may be in all, in characters of their JSON. */
  readonly maxStreamLength: number;
}

/**
 * Collects the messages of a stream, because a tool answers once. A client
 * that asked for progress is notified of every message as it comes, with the
 * message as JSON. Throws an `ActionError` if the stream fails or is too long.
 *
 * @param messages a stream of the pipeline, which ends when nobody reads any more
 */
export async function collectStream(
  messages: AsyncIterable<unknown>,
  write: (message: unknown) => JsonObject,
  { mcpReq }: ServerContext,
  { maxStreamLength }: StreamLimits,
): Promise<JsonObject[]> {
  const progressToken = mcpReq._meta?.progressToken;
  const collected: JsonObject[] = [];
  let length = 0;
  for await (const message of messages) {
    const json = write(message);
    const text = JSON.stringify(json);
    length += text.length;
    if (length > maxStreamLength) {
      throw new ActionError(
        "resource_exhausted",
        `the answer is longer than ${maxStreamLength} characters: ask for less of it`,
      );
    }
    collected.push(json);
    if (progressToken !== undefined) {
      await mcpReq.notify({
        method: "notifications/progress",
        params: { progressToken, progress: collected.length, message: text },
      });
    }
  }
  return collected;
}
