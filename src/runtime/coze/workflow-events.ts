import { readObject, unreadable } from "./answer.ts";
import type { ApiRequest } from "./api-request.ts";
import type { ApiSession } from "./call-api.ts";
import { flagIn, numberIn, type TokenUsage, textIn, usageIn } from "./read-record.ts";
import { type ApiEvent, cutOff, failedEvent, streamApi } from "./stream-api.ts";
import { readInterrupt, type WorkflowInterrupt } from "./workflow-run.ts";

/** What happens in a workflow while it runs. */
export type WorkflowEvent =
  | {
      /** A node said something, or a part of it. */
      readonly kind: "message";
      readonly content: string;
      readonly nodeId: string;
      readonly nodeTitle: string;
      /** Counts the parts of a node's message, from 0. */
      readonly part: number;
      /** True for the last part. */
      readonly finished: boolean;
      readonly usage: TokenUsage | undefined;
    }
  | {
      /** It waits for an answer: `workflows.resume` goes on with it. Nothing comes after that. */
      readonly kind: "interrupt";
      readonly interrupt: WorkflowInterrupt;
      readonly nodeTitle: string;
    }
  | { readonly kind: "done"; readonly debugUrl: string };

/**
 * The events of a run. They end with `done` or `interrupt`, or by throwing: an
 * error of the workflow, or `unavailable` if the stream breaks off before.
 */
export async function* streamWorkflow(
  session: ApiSession,
  request: ApiRequest,
): AsyncGenerator<WorkflowEvent, void, undefined> {
  for await (const received of streamApi(session, request)) {
    const event = readWorkflowEvent(session, request, received);
    if (event !== undefined) {
      yield event;
      if (event.kind !== "message") {
        return;
      }
    }
  }
  throw cutOff(session, request);
}

/** An event; undefined for pings, and for kinds that came after this was written. */
function readWorkflowEvent(
  session: ApiSession,
  request: ApiRequest,
  received: ApiEvent,
): WorkflowEvent | undefined {
  const { event, data } = received;
  const read = () => {
    const item = readObject(data);
    if (item === undefined) {
      throw unreadable(`has an event ${JSON.stringify(event.slice(0, 40))} that is not JSON`);
    }
    return item;
  };
  switch (event.toLowerCase()) {
    case "message": {
      const item = read();
      return {
        kind: "message",
        content: textIn(item, "content"),
        nodeId: textIn(item, "node_id"),
        nodeTitle: textIn(item, "node_title"),
        part: numberIn(item, "node_seq_id"),
        finished: flagIn(item, "node_is_finish"),
        usage: usageIn(item),
      };
    }
    case "interrupt": {
      const item = read();
      const interrupt = readInterrupt(item);
      if (interrupt === undefined) {
        throw unreadable("has an interrupt that does not say what for");
      }
      return { kind: "interrupt", interrupt, nodeTitle: textIn(item, "node_title") };
    }
    case "error": {
      const item = read();
      throw failedEvent(session, request, received, {
        code: numberIn(item, "error_code"),
        message: textIn(item, "error_message"),
      });
    }
    case "done":
      return { kind: "done", debugUrl: textIn(readObject(data) ?? {}, "debug_url") };
    default:
      return undefined;
  }
}
