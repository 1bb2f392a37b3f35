import { describe, expect, it } from "vitest";
import { runSpec } from "../documents/run-spec.ts";
import { pluginError, runPlugin } from "./run-plugin.ts";

const zoo = (body: string) => ({
  "zoo/v1/zoo.proto": `syntax = "proto3";
package zoo.v1;
import "bot/action/v1/options.proto";
// Ask the zoo.
service Zoo {
  // Count the animals.
  rpc Count(Req) returns (Res) {
    option (bot.action.v1.action) = { asynchronous: true deadline: { seconds: 3600 } };
  }
  // Feed the animals.
  rpc Feed(Req) returns (Res);
}
// What to count.
message Req {}
message Res {
  // How many there are.
  int32 animals = 1;
}
${body}
`,
});

describe("an asynchronous action", () => {
  it("says so in its contract, and may take as long as a day", () => {
    const contract = runPlugin(zoo(""))["zoo/v1/zoo.ts"] ?? "";
    const count = contract.slice(contract.indexOf("count: {"), contract.indexOf("feed: {"));
    expect(count).toContain("deadlineMs: 3600000,");
    expect(count).toContain("asynchronous: true,");
    expect(contract.match(/asynchronous/g)).toHaveLength(1);
  });

  it("has a receipt in the documents of platforms", () => {
    const documents = runSpec(zoo(""), "target=coze+openapi+markdown,server=https://zoo.example");
    const coze = JSON.parse(documents["coze/zoo.openapi.json"] ?? "{}");
    const properties = (action: string) =>
      coze.paths[`/${action}`].post.responses["200"].content["application/json"].schema.properties;
    expect(Object.keys(properties("count"))).toEqual(["animals", "receipt", "error"]);
    expect(Object.keys(properties("feed"))).toEqual(["animals", "error"]);
    const openapi = JSON.parse(documents["openapi/openapi.json"] ?? "{}");
    const answers = (action: string) =>
      openapi.paths[`/actions/${action}`].post.responses["200"].content["application/json"].schema
        .oneOf.length;
    expect([answers("count"), answers("feed")]).toEqual([3, 2]);
    expect(Object.keys(openapi.components.schemas)).toContain("bot.coze.v1.CallbackAccepted");
    const markdown = Object.entries(documents).find(([path]) => path.endsWith(".md"))?.[1];
    expect(markdown).toContain("may answer with a receipt, and send the result later");
  });

  it("is no stream, and answers with nothing called receipt", () => {
    const files = zoo(`service More {
  rpc Watch(Req) returns (stream Res) { option (bot.action.v1.action).asynchronous = true; }
  rpc Sell(Req) returns (Sold) { option (bot.action.v1.action).asynchronous = true; }
  rpc Give(Req) returns (Sold);
}
message Sold {
  string receipt = 1;
}`);
    expect(pluginError(files).split("\n").slice(1)).toEqual([
      "zoo/v1/zoo.proto:20:41: a stream cannot be asynchronous, as it has no one result: leave the option out, or answer with one message",
      `zoo/v1/zoo.proto:25:3: "receipt" is where plugin tool calls say that a result comes later, so zoo.v1.Sold, the response of an asynchronous action, can't have a field of this name: rename it`,
    ]);
  });
});
