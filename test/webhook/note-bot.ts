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

/** The request and the response of the actions here. */
export interface Note {
  text: string;
  noteCount: number;
  child: Note | undefined;
}

/** What a generator would print for a recursive message whose text must not be `bad`. */
export const NoteSchema: MessageSchema<Note> = {
  typeName: "test.v1.Note",
  init: (init?: Init<Note>): Note => ({
    text: init?.text ?? "",
    noteCount: init?.noteCount ?? 0,
    child: init?.child === undefined ? undefined : NoteSchema.init(init.child),
  }),
  readJson(json, reader) {
    const note = NoteSchema.init();
    for (const [key, value] of Object.entries(reader.open(json))) {
      switch (key) {
        case "text":
          if (typeof value === "string") {
            note.text = value;
          } else {
            reader.expected("string", value);
          }
          break;
        case "noteCount":
        case "note_count":
          if (typeof value === "number") {
            note.noteCount = value;
          } else {
            reader.expected("int32", value);
          }
          break;
        case "child":
          note.child = NoteSchema.readJson(value, reader);
          break;
        default:
          reader.unknown(value);
      }
      reader.at(key);
    }
    reader.close();
    return note;
  },
  writeJson(note, writer) {
    if (note.text === "unwritable") {
      return writer.refuse("cannot be written");
    }
    return {
      ...(note.text === "" ? {} : { text: note.text }),
      ...(note.noteCount === 0
        ? {}
        : { [writer.proto ? "note_count" : "noteCount"]: note.noteCount }),
      ...(note.child === undefined ? {} : { child: NoteSchema.writeJson(note.child, writer) }),
    };
  },
  params: {},
  validate(note, violations) {
    if (note.text === "bad") {
      violations.add(
        { id: "string.not_bad", message: "must not be bad", path: [], forKey: false },
        { fieldName: "text" },
      );
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
