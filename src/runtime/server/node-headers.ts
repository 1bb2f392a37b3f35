import type { HeaderReader } from "../action/headers.ts";
import type { NodeHttpRequest } from "./node-http.ts";

/** Reads the headers that Node parsed. */
export function readHeaders({ headers }: NodeHttpRequest): HeaderReader {
  return {
    get(name) {
      const value: unknown = headers[name];
      // What is neither is what every object has, such as `constructor`.
      return typeof value === "string"
        ? value
        : Array.isArray(value)
          ? value.join(", ")
          : undefined;
    },
  };
}
