import type { IdGenerator } from "@opentelemetry/sdk-trace";
import { randomSpanId, randomTraceId } from "../action/trace-id.ts";

/** Makes ids; the trace id of the next root span can be given. */
export interface CallIds extends IdGenerator {
  /** What the next trace id is to be; used up by the span that takes it. */
  nextTraceId: string | undefined;
}

/** Makes a source of ids. */
export function createCallIds(): CallIds {
  const ids: CallIds = {
    nextTraceId: undefined,
    generateTraceId() {
      const id = ids.nextTraceId ?? randomTraceId();
      ids.nextTraceId = undefined;
      return id;
    },
    generateSpanId: randomSpanId,
  };
  return ids;
}
