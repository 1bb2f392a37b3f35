import { Refusal } from "./refusal.ts";

/** What is answered to a body that is longer than a door reads. */
export function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, `the body is longer than ${maxBytes} bytes`);
}
