import type { ServiceContract, Unary } from "botwire";
import { type Note, NoteSchema } from "./note-bot.ts";

/** The contract of `echoBot`, for clients. */
export const EchoService: ServiceContract<{ echo: Unary<Note, Note> }> = {
  typeName: "test.v1.EchoService",
  actions: {
    echo: {
      kind: "unary",
      name: "echo",
      rpc: "echo",
      description: "",
      idempotency: "unspecified",
      input: NoteSchema,
      output: NoteSchema,
    },
  },
};
