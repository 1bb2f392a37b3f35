import { ActionError } from "../action/error.ts";
import { parseLossless } from "../codec/lossless-json.ts";
import type { JsonRecord } from "../http/json-body.ts";
import { numberIn, recordIn, type TokenUsage, textIn, timeIn, usageIn } from "./read-record.ts";

/** How a run of a workflow went. */
export interface WorkflowResult<T> {
  /** What it answered, read by `output` if that was given, else the JSON value or the text. */
  readonly output: T;
  /** What it stopped for: resume it with the answer. Its output is not complete then. */
  readonly interrupt: WorkflowInterrupt | undefined;
  /** Names the run in the platform's logs; empty if the platform does not say it. */
  readonly executeId: string;
  /** Where its developer sees how it went. */
  readonly debugUrl: string;
  readonly usage: TokenUsage | undefined;
}

/** What a workflow waits for. */
export interface WorkflowInterrupt {
  readonly eventId: string;
  /** `question`, `input`, `local_plugin` or `oauth`; undefined for one that is not known. */
  readonly kind: "question" | "input" | "local_plugin" | "oauth" | undefined;
  /** The platform's number of the kind. */
  readonly type: number;
  /** What it says, for example the question. */
  readonly data: string;
}

/** How far a run in the background has come. */
export interface WorkflowProgress<T> {
  readonly status: "running" | "succeeded" | "failed";
  /** Undefined until it has succeeded. */
  readonly output: T | undefined;
  readonly interrupt: WorkflowInterrupt | undefined;
  /** Why it failed: the platform's code and message; empty if it did not. */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly debugUrl: string;
  readonly logId: string;
  readonly usage: TokenUsage | undefined;
  readonly createdAt: Date | undefined;
  readonly updatedAt: Date | undefined;
}

/**
 * Anything that checks a value and gives it a type: a schema of zod, valibot,
 * arktype or another library that speaks https://standardschema.dev.
 */
export interface OutputSchema<T> {
  readonly "~standard": {
    readonly validate: (value: unknown) => OutputCheck<T> | Promise<OutputCheck<T>>;
  };
}

/** What a schema finds. */
export type OutputCheck<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** Reads an output. Without a schema its type is what the caller took for granted: `unknown`. */
export async function readOutput<T>(text: string, schema: OutputSchema<T>): Promise<T> {
  const check = await schema["~standard"].validate(parseOutput(text));
  if (check.issues === undefined) {
    return check.value;
  }
  const problems = check.issues.slice(0, 5).map(({ message }) => message);
  throw new ActionError("internal", "the workflow's output is not what it should be", {
    cause: new Error(`the workflow's output: ${problems.join("; ")}`),
  });
}

/** The schema of everything. */
export const anyOutput: OutputSchema<unknown> = {
  "~standard": { validate: (value) => ({ value }) },
};

/** Outputs are JSON in a text, mostly; some are just text. */
export function parseOutput(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return text;
  }
}

const kinds = { 2: "question", 5: "input", 6: "local_plugin", 7: "oauth" } as const;

export function readInterrupt(item: JsonRecord): WorkflowInterrupt | undefined {
  const interrupt = recordIn(item, "interrupt_data");
  if (interrupt === undefined) {
    return undefined;
  }
  const type = numberIn(interrupt, "type");
  return {
    eventId: textIn(interrupt, "event_id"),
    kind: (kinds as Readonly<Record<number, WorkflowInterrupt["kind"]>>)[type],
    type,
    data: textIn(interrupt, "data"),
  };
}

/** What the platform answers to a run. */
export async function readResult<T>(
  body: JsonRecord,
  schema: OutputSchema<T>,
): Promise<WorkflowResult<T>> {
  return {
    output: await readOutput(textIn(body, "data"), schema),
    interrupt: readInterrupt(body),
    executeId: textIn(body, "execute_id"),
    debugUrl: textIn(body, "debug_url"),
    usage: usageIn(body),
  };
}

/** What the platform answers to a question for a run in the background. */
export async function readProgress<T>(
  item: JsonRecord,
  schema: OutputSchema<T>,
): Promise<WorkflowProgress<T>> {
  const said = textIn(item, "execute_status").toLowerCase();
  const status = said === "success" ? "succeeded" : said === "fail" ? "failed" : "running";
  const errorCode = textIn(item, "error_code");
  return {
    status,
    output: status === "succeeded" ? await readOutput(finalOutput(item), schema) : undefined,
    interrupt: readInterrupt(item),
    errorCode: errorCode === "0" ? "" : errorCode,
    errorMessage: textIn(item, "error_message"),
    debugUrl: textIn(item, "debug_url"),
    logId: textIn(item, "logid"),
    usage: usageIn(item),
    createdAt: timeIn(item, "create_time"),
    updatedAt: timeIn(item, "update_time"),
  };
}

/** The output of the end node, which stands among those of other nodes. */
function finalOutput(item: JsonRecord): string {
  const text = textIn(item, "output");
  const all = parseOutput(text);
  if (
    typeof all === "object" &&
    all !== null &&
    "Output" in all &&
    typeof all.Output === "string"
  ) {
    return all.Output;
  }
  return text;
}
