import type { Receipt } from "../action/job-queue.ts";

/** A receipt as the platform doors write it: `bot.action.v1.Receipt` in JSON. */
export interface ReceiptJson {
  readonly job_id: string;
  /** For people, and for models that read the answer. */
  readonly message: string;
}

/** Writes a receipt down for a caller. */
export function receiptJson({ jobId }: Receipt): ReceiptJson {
  return { job_id: jobId, message: "the action has started; its result will be sent later" };
}
