// A worker with all doors that an edge runtime can have.
import { implement, silentLogger } from "botwire";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";
import { taggingHooks, wireHandlers } from "../connect/wire-handlers.ts";

export default {
  fetch: createFetchHandler({
    actions: [implement(WireService, wireHandlers())],
    doors: [
      connectDoor(),
      callbackDoor({ secret: "a secret of the tests" }),
      toolDoor({ unsigned: true }),
    ],
    hooks: [taggingHooks],
    cors: { origins: ["https://app.example.com"] },
    log: silentLogger,
  }),
};
