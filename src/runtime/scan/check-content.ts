import type { ScanResponse } from "../../../generated/types/bot/scan/v1/scanner.ts";
import { beforeAbort } from "../action/before-abort.ts";
import type { MiddlewareContext } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import { callLimits } from "../client/call-limits.ts";
import type { FieldProblem } from "./refusal.ts";
import type { ScanContentOptions } from "./scan-content.ts";
import { findings, type Scanner } from "./scanner.ts";
import { Parts, type UnwrapLimits } from "./unwrap.ts";

/** The content of one field. */
export interface Piece {
  readonly field: string;
  readonly bytes: Uint8Array;
}

/** Resolves if content may pass, and rejects otherwise: with what `refusal` makes of the problems. */
export type ContentCheck = (
  pieces: readonly Piece[],
  context: MiddlewareContext,
  refusal: (problems: readonly FieldProblem[]) => ActionError,
) => Promise<void>;

/** Makes the check of a middleware. Throws an error that names the mend if an option is wrong. */
export function createCheck(options: ScanContentOptions): ContentCheck {
  const { scanner, failOpen = false, timeoutMs = 1000 } = options;
  const limits = completeLimits(options.limits);
  checkPositive("timeoutMs", timeoutMs);

  return async (pieces, context, refusal) => {
    const parts = new Parts(limits);
    const problems: FieldProblem[] = [];
    for (const { field, bytes } of pieces) {
      const limit = parts.add(field, bytes);
      if (limit !== undefined) {
        problems.push({ kind: "limit", field, limit: `${limits[limit]} ${limitNames[limit]}` });
      }
    }
    if (problems.length === 0 && parts.list.length > 0) {
      const answer = await ask(scanner, parts, timeoutMs, context, failOpen);
      problems.push(...problemsOf(answer, parts, context));
    }
    if (problems.length > 0) {
      const fields = [...new Set(problems.map(({ field }) => field))];
      context.log.warn("content was refused", { fields, reason: problems[0]?.kind });
      throw refusal(problems);
    }
  };
}

const limitNames = { depth: "layers of encoding", parts: "pieces", bytes: "bytes" } as const;

/** The verdicts; undefined if there are none and content passes all the same. */
async function ask(
  scanner: Scanner,
  parts: Parts,
  timeoutMs: number,
  context: MiddlewareContext,
  failOpen: boolean,
): Promise<ScanResponse | undefined> {
  const limits = callLimits({ signal: context.signal, timeoutMs });
  try {
    const answer = scanner.scan({ parts: parts.list }, { signal: limits.signal, timeoutMs });
    return checked(await beforeAbort(answer, limits.signal), parts);
  } catch (reason) {
    const error = limits.failure(reason);
    context.signal.throwIfAborted();
    // What the scanner itself turns away must not pass: it may have been made for that.
    const refused = error.code === "invalid_argument" || error.code === "resource_exhausted";
    context.log.error("the scanner failed", { error });
    if (failOpen && !refused) {
      context.log.warn("content passed that nobody scanned");
      return undefined;
    }
    throw new ActionError("unavailable", "the content could not be scanned; try again later", {
      cause: error,
    });
  } finally {
    limits.release();
  }
}

/** Throws unless there is a verdict that says something for each part. */
function checked(answer: ScanResponse, { list }: Parts): ScanResponse {
  const known: readonly number[] = Object.values(findings);
  const { verdicts } = answer;
  if (verdicts.length !== list.length) {
    throw new Error(`the scanner gave ${verdicts.length} verdicts on ${list.length} parts`);
  }
  if (!verdicts.every(({ finding }) => known.includes(finding))) {
    throw new Error("the scanner gave a verdict that says nothing");
  }
  return answer;
}

function problemsOf(
  answer: ScanResponse | undefined,
  parts: Parts,
  { log }: MiddlewareContext,
): FieldProblem[] {
  return (answer?.verdicts ?? []).flatMap(({ finding, signature }, index): FieldProblem[] => {
    const field = parts.fieldOf(index);
    switch (finding) {
      case findings.infected:
        log.debug("content matches a signature", { field, signature });
        return [{ kind: "infected", field }];
      case findings.tooLarge:
        return [{ kind: "limit", field, limit: "what the scanner takes" }];
      default:
        return [];
    }
  });
}

function completeLimits(given: Partial<UnwrapLimits> = {}): UnwrapLimits {
  const { depth = 8, parts = 1000, bytes = 8 * 1024 * 1024 } = given;
  checkPositive("limits.depth", depth);
  checkPositive("limits.parts", parts);
  checkPositive("limits.bytes", bytes);
  return { depth, parts, bytes };
}

function checkPositive(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new TypeError(`scanContent: ${name} must be an integer of 1 or more, not ${value}`);
  }
}
