// A worker that has the callback door only.
import { implement } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor } from "botwire/webhook";
import { WireService } from "../connect/generated/actions/wire/v1/wire.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";

export default {
  fetch: createFetchHandler({
    actions: [implement(WireService, wireHandlers())],
    doors: [callbackDoor({ unsigned: true })],
  }),
};
