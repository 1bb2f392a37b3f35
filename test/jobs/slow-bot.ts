import {
  type Idempotency,
  type Implementation,
  implement,
  type ServiceContract,
  type Unary,
  type UnaryHandler,
} from "botwire";
import { type Note, NoteSchema } from "../webhook/note-bot.ts";

/** A bot with one asynchronous action `slow`, and one that is not, `quick`. */
export function slowBot(
  slow: UnaryHandler<Note, Note>,
  idempotency: Idempotency = "unspecified",
): Implementation {
  const action = { kind: "unary", description: "", input: NoteSchema, output: NoteSchema } as const;
  const service: ServiceContract<{ slow: Unary<Note, Note>; quick: Unary<Note, Note> }> = {
    typeName: "test.v1.SlowService",
    actions: {
      slow: { ...action, name: "slow", rpc: "Slow", idempotency, asynchronous: true },
      quick: { ...action, name: "quick", rpc: "Quick", idempotency },
    },
  };
  return implement(service, { slow, quick: (request) => request });
}
