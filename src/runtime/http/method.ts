import type { HttpRequest } from "./exchange.ts";
import { Refusal } from "./refusal.ts";

/** Refuses everything but POST. */
export function requirePost({ method, path }: HttpRequest): void {
  if (method !== "POST") {
    throw new Refusal(405, `${path} is called by POST, not ${method}`, { allow: "POST" });
  }
}
