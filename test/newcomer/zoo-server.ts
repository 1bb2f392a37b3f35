import { ActionError, implement } from "botwire";
import { connectDoor } from "botwire/connect";
import { createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { KeeperService, ObjectService } from "./generated/actions/acme/delete/v1/keeper.connect.ts";
import { ZooService } from "./generated/actions/zoo/v1/zoo.connect.ts";
import { ZooService as ZooDescriptor } from "./generated/es/zoo/v1/zoo_pb.ts";
import type { Animal } from "./generated/types/zoo/animal/v1/animal.ts";

const zoo = implement(ZooService, {
  echo: (request) => ({ echo: request }),
  delete: (request) => ({
    Proto: request.Proto,
    constructor: request.constructor,
    class: request.class,
    map: request.map,
  }),
  async *await({ times }) {
    for (let time = 1; time <= times; time++) {
      yield { time };
    }
  },
});

const keeper = implement(KeeperService, {
  feed({ animal }) {
    if (animal === undefined) {
      throw new ActionError("failed_precondition", "there is nobody to feed");
    }
    return { mouths: mouths(animal) };
  },
});

const objects = implement(ObjectService, {
  countObjects: ({ objects, maps }) => ({
    count: objects.length + Object.values(maps).flatMap((map) => map.entries).length,
    promise: { error: { array: { values: ["kept"] } } },
  }),
});

function mouths(animal: Animal): number {
  return animal.children.reduce((sum, child) => sum + mouths(child), 1);
}

const server = createBotServer({
  actions: [zoo, keeper, objects],
  doors: [
    callbackDoor({ secret: process.env["COZE_WEBHOOK_SECRET"] }),
    toolDoor({ apiKey: process.env["TOOL_API_KEY"] }),
    connectDoor({
      routes: (router) => {
        router.rpc(ZooDescriptor.method.internal, () => ({ text: "no action" }));
      },
    }),
  ],
});
await server.listen({ port: Number(process.env["PORT"]) });
