import type { ToolAnnotations } from "@modelcontextprotocol/server";
import type { Idempotency } from "../action/contract.ts";

/**
 * What clients may assume of a tool before they ask anyone. Only what the
 * contract says: for the rest clients assume the worst, as the protocol has it,
 * which is a tool that changes and destroys things and must not be repeated.
 */
export const annotationsOf: Readonly<Record<Idempotency, ToolAnnotations | undefined>> = {
  no_side_effects: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
  idempotent: { readOnlyHint: false, idempotentHint: true },
  not_idempotent: { readOnlyHint: false, idempotentHint: false },
  unspecified: undefined,
};
