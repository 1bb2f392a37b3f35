import {
  type ActionContext,
  type Implementation,
  type Init,
  implement,
  type ServerStreaming,
  type ServiceContract,
  type Unary,
} from "botwire";
import { contractOf, type Note } from "../action/fixtures.ts";

type Answer = Init<Note> | Promise<Init<Note>>;

const ShopService: ServiceContract<{
  shaky: Unary<Note, Note>;
  steady: Unary<Note, Note>;
  feed: ServerStreaming<Note, Note>;
}> = {
  typeName: "test.v1.ShopService",
  actions: {
    shaky: contractOf("unary", "shaky"),
    steady: contractOf("unary", "steady"),
    feed: contractOf("server_streaming", "feed"),
  },
};

/** A bot with an action whose dependency is what the test makes of it, one that is always well, and a stream. */
export function shop(handlers: {
  shaky?: (request: Note, context: ActionContext) => Answer;
  feed?: (request: Note) => AsyncIterable<Init<Note>>;
}): Implementation {
  return implement(ShopService, {
    shaky: handlers.shaky ?? ((request) => request),
    steady: (request) => request,
    feed: handlers.feed ?? async function* () {},
  });
}
