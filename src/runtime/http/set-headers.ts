import { addHeaders } from "./response-headers.ts";

/**
 * Sets headers that hooks and errors brought along. Those that HTTP cannot
 * carry, and those that frame the answer, are left out.
 */
export function setHeaders(headers: Headers, more: ReadonlyMap<string, string>): void {
  const list: string[] = [];
  addHeaders(list, more);
  for (let i = 0; i + 1 < list.length; i += 2) {
    headers.set(list[i] ?? "", list[i + 1] ?? "");
  }
}
