import {
  type ActionContract,
  type Call,
  type Init,
  implement,
  type LogFields,
  type Logger,
  type MessageSchema,
  type Outcome,
  type ServerStreaming,
  type ServiceContract,
  type StreamHandler,
  type Unary,
  type UnaryHandler,
} from "botwire";
import { fieldTable } from "botwire/codec";

/** The request and the response of the actions here. */
export interface Note {
  text: string;
  count: number;
}

const fields = fieldTable(["text", "count"]);

/** A hand-written schema: `text` must not be `bad`, `count` not be negative. */
export const NoteSchema: MessageSchema<Note> = {
  typeName: "test.v1.Note",
  init: (init?: Init<Note>) => ({ text: init?.text ?? "", count: init?.count ?? 0 }),
  readJson(input) {
    const note = NoteSchema.init();
    for (let field = input.open(fields); field >= 0; field = input.next(fields, field)) {
      if (field === 0) {
        note.text = input.string();
      } else {
        note.count = input.int32();
      }
    }
    return note;
  },
  writeJson: ({ text, count }, output) => output.json({ text, count }),
  params: {},
  validate(note, violations) {
    if (note.text === "bad") {
      violations.add("text||string.not_bad", "must not be bad");
    }
    if (note.count < 0) {
      violations.add("count||int32.gte", "must be at least 0");
    }
  },
};

export function contractOf<K extends "unary" | "server_streaming">(
  kind: K,
  name: string,
  deadlineMs?: number,
): ActionContract<Note, Note, K> {
  return {
    kind,
    name,
    rpc: name,
    description: "",
    idempotency: "unspecified",
    input: NoteSchema,
    output: NoteSchema,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}

/** A service with one unary and one streaming action. */
export const NoteService: ServiceContract<{
  echo: Unary<Note, Note>;
  repeat: ServerStreaming<Note, Note>;
}> = {
  typeName: "test.v1.NoteService",
  actions: { echo: contractOf("unary", "echo"), repeat: contractOf("server_streaming", "repeat") },
};

/** Implements the service; what is left out echoes. */
export function notes(
  handlers: { echo?: UnaryHandler<Note, Note>; repeat?: StreamHandler<Note, Note> } = {},
) {
  return implement(NoteService, {
    echo: handlers.echo ?? ((request) => request),
    repeat:
      handlers.repeat ??
      function* ({ count }) {
        for (let index = 1; index <= count; index += 1) {
          yield { count: index };
        }
      },
  });
}

/** A call of `echo` with the text "hello", unless it is told otherwise. */
export function callOf(
  options: Partial<Call> & {
    action?: string | undefined;
    request?: Partial<Note>;
    decode?: () => unknown;
    requestHeaders?: Readonly<Record<string, string>>;
  } = {},
): Call {
  const { request = { text: "hello" }, requestHeaders = {}, decode, ...rest } = options;
  const action = "action" in options ? options.action : "echo";
  return {
    door: "test",
    headers: { get: (name) => requestHeaders[name] },
    budgetMs: 1000,
    streaming: true,
    route: () => ({ action, decode: decode ?? (() => NoteSchema.init(request)) }),
    ...rest,
  };
}

/** The response message of a unary success. */
export function messageOf(outcome: Outcome): unknown {
  if (!outcome.ok) {
    throw outcome.error;
  }
  if (outcome.response.kind !== "unary") {
    throw new Error("a stream");
  }
  return outcome.response.message;
}

/** The stream of a success. */
export function streamOf(outcome: Outcome): AsyncIterator<unknown> {
  if (!outcome.ok) {
    throw outcome.error;
  }
  if (outcome.response.kind !== "stream") {
    throw new Error("not a stream");
  }
  return outcome.response.messages[Symbol.asyncIterator]();
}

/** The error of a failure. */
export function errorOf(outcome: Outcome) {
  if (outcome.ok) {
    throw new Error("a success");
  }
  return outcome.error;
}

/** A logger that keeps its lines. */
export function recordingLogger() {
  const lines: { level: string; message: string; fields: LogFields | undefined }[] = [];
  const writer = (level: string) => (message: string, fields?: LogFields) => {
    lines.push({ level, message, fields });
  };
  const log: Logger = {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
  };
  return { log, lines };
}

/** Never settles. */
export const forever = new Promise<never>(() => {});

/** Resolves after so many milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
