import {
  type ActionContract,
  type Implementation,
  type Init,
  implement,
  type MessageSchema,
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
  noteCount: number;
  child: Note | undefined;
}

const fields = fieldTable(["text", "note_count", "child"]);

/** What a generator would print for a recursive message whose text must not be `bad`. */
export const NoteSchema: MessageSchema<Note> = {
  typeName: "test.v1.Note",
  init: (init?: Init<Note>): Note => ({
    text: init?.text ?? "",
    noteCount: init?.noteCount ?? 0,
    child: init?.child === undefined ? undefined : NoteSchema.init(init.child),
  }),
  readJson(input) {
    const note = NoteSchema.init();
    for (let field = input.open(fields); field >= 0; field = input.next(fields, field)) {
      switch (field) {
        case 0:
          note.text = input.string();
          break;
        case 1:
          note.noteCount = input.int32();
          break;
        case 2:
          note.child = NoteSchema.readJson(input);
          break;
      }
    }
    return note;
  },
  writeJson(note, output) {
    output.open();
    if (note.text !== "") {
      output.field(fields, 0);
      if (note.text === "unwritable") {
        output.refuse("cannot be written");
      } else {
        output.string(note.text);
      }
    }
    if (note.noteCount !== 0) {
      output.field(fields, 1);
      output.int32(note.noteCount);
    }
    if (note.child !== undefined) {
      output.field(fields, 2);
      NoteSchema.writeJson(note.child, output);
    }
    output.close();
  },
  params: {},
  validate(note, violations) {
    if (note.text === "bad") {
      violations.add("text||string.not_bad", "must not be bad");
    }
  },
};

function contractOf<K extends "unary" | "server_streaming">(
  kind: K,
  name: string,
): ActionContract<Note, Note, K> {
  return {
    kind,
    name,
    rpc: name,
    description: "",
    idempotency: "unspecified",
    input: NoteSchema,
    output: NoteSchema,
  };
}

const NoteService: ServiceContract<{
  echo: Unary<Note, Note>;
  repeat: ServerStreaming<Note, Note>;
}> = {
  typeName: "test.v1.NoteService",
  actions: { echo: contractOf("unary", "echo"), repeat: contractOf("server_streaming", "repeat") },
};

const EchoService: ServiceContract<{ echo: Unary<Note, Note> }> = {
  typeName: "test.v1.EchoService",
  actions: { echo: contractOf("unary", "echo") },
};

/** Handlers of the actions. Echo echoes unless told otherwise, repeat answers `noteCount` times. */
export interface NoteHandlers {
  readonly echo?: UnaryHandler<Note, Note>;
  readonly repeat?: StreamHandler<Note, Note>;
}

/** A bot with a unary action `echo` and a streaming action `repeat`. */
export function noteBot({ echo, repeat }: NoteHandlers = {}): Implementation {
  return implement(NoteService, {
    echo: echo ?? ((request) => request),
    repeat:
      repeat ??
      function* ({ text, noteCount }) {
        for (let i = 1; i <= noteCount; i++) {
          yield { text: `${text} ${i}` };
        }
      },
  });
}

/** A bot with one action only. */
export function echoBot(echo: UnaryHandler<Note, Note> = (request) => request): Implementation {
  return implement(EchoService, { echo });
}
