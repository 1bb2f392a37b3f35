import { describe, expect, it } from "vitest";
import type { ProtoFiles } from "./compile-proto.ts";
import { pluginError as fullError, runPlugin } from "./run-plugin.ts";

/** A file with the given body after the usual head of seven lines. */
function proto(body: string, pkg = "zoo.v1"): string {
  return `syntax = "proto3";
package ${pkg};
import "bot/action/v1/options.proto";
message Req {}
message Res {}
${body}
`;
}

/** The diagnostics without the line above them. */
const pluginError = (files: ProtoFiles, parameter?: string) =>
  fullError(files, parameter).replace(/^\d+ problems? in \.proto files\n/, "");

const zoo = (body: string) => ({ "zoo/v1/zoo.proto": proto(body) });

describe("names of actions", () => {
  it("are unique among all packages", () => {
    const files = {
      "a/v1/a.proto": proto("service A { rpc Feed(Req) returns (Res); }", "a.v1"),
      "b/v1/b.proto": proto("service B { rpc Feed(Req) returns (Res); }", "b.v1"),
    };
    expect(pluginError(files)).toBe(
      `b/v1/b.proto:6:13: action name "feed" is taken by a.v1.A.Feed at a/v1/a.proto:6:13: set (bot.action.v1.action).name on one of them, or name_prefix on its service`,
    );
  });

  it("that clash are told at the option that sets them", () => {
    const files = zoo(`service Zoo {
  rpc Feed(Req) returns (Res);
  rpc Eat(Req) returns (Res) {
    option (bot.action.v1.action) = {
      deadline: {seconds: 1}
      name: "feed"
    };
  }
}`);
    expect(pluginError(files)).toMatch(
      /^zoo\/v1\/zoo\.proto:11:7: action name "feed" is taken by zoo\.v1\.Zoo\.Feed at zoo\/v1\/zoo\.proto:7:3: /,
    );
  });

  it("must suit platforms", () => {
    const files = zoo(`service Zoo {
  rpc AskForTheOpeningHoursOfTheWholeZoo(Req) returns (Res);
  rpc Feed(Req) returns (Res) { option (bot.action.v1.action).name = "Feed \\"me\\"\\n\\u202e"; }
  rpc _Pet(Req) returns (Res);
}
service Aviary {
  option (bot.action.v1.action_service).name_prefix = "Birds_";
  rpc Sing(Req) returns (Res);
}`);
    const rule = `it must start with a lower-case letter, followed by at most 29 lower-case letters, digits and "_"`;
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:7:3: no platform accepts the action name "ask_for_the_opening_hours_of_the_whole_zoo": ${rule}; set (bot.action.v1.action).name`,
      `zoo/v1/zoo.proto:8:33: no platform accepts the action name "Feed \\"me\\"\\n\\u{202e}": ${rule}; choose another`,
      `zoo/v1/zoo.proto:9:3: no platform accepts the action name "_pet": ${rule}; set (bot.action.v1.action).name`,
      `zoo/v1/zoo.proto:13:3: no platform accepts the action name "Birds_sing": ${rule}; set (bot.action.v1.action).name, or another name_prefix`,
    ]);
  });

  it("of rpcs that are no actions don't matter", () => {
    const files = zoo(`service Zoo {
  rpc Feed(Req) returns (Res);
  rpc _Feed(Req) returns (Res) { option (bot.action.v1.action).exclude = true; }
}
service Other {
  option (bot.action.v1.action_service).exclude = true;
  rpc Feed(Req) returns (Res);
}`);
    expect(runPlugin(files)["zoo/v1/zoo.ts"]).not.toContain("Other");
  });
});

describe("options of actions", () => {
  it("have no place on streams of requests", () => {
    const files = zoo(`service Zoo {
  rpc Upload(stream Req) returns (Res) { option (bot.action.v1.action).name = "upload"; }
  rpc Chat(stream Req) returns (stream Res) { option (bot.action.v1.action) = {}; }
  rpc Other(stream Req) returns (Res) { option (bot.action.v1.action).exclude = true; }
  rpc Plain(stream Req) returns (Res);
}`);
    const message = `an rpc with a stream of requests can't be an action: remove option (bot.action.v1.action), or the first "stream"`;
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:7:42: ${message}`,
      `zoo/v1/zoo.proto:8:54: ${message}`,
    ]);
  });

  it("have deadlines that platforms can wait for", () => {
    const files = zoo(`service Zoo {
  option (bot.action.v1.action_service).deadline = { seconds: -1 };
  rpc A(Req) returns (Res) { option (bot.action.v1.action).deadline = {}; }
  rpc B(Req) returns (Res) { option (bot.action.v1.action).deadline.seconds = 181; }
  rpc C(Req) returns (Res) { option (bot.action.v1.action).deadline = { seconds: 180, nanos: 1 }; }
  rpc D(Req) returns (Res) { option (bot.action.v1.action).deadline = { seconds: 180 }; }
  rpc E(Req) returns (Res) { option (bot.action.v1.action).deadline = { nanos: 1 }; }
  rpc F(Req) returns (Res) { option (bot.action.v1.action).deadline = { seconds: 1, nanos: -1 }; }
}`);
    const mend = "set more than 0s and at most 180s";
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:7:10: a deadline of -1s is out of range: ${mend}`,
      `zoo/v1/zoo.proto:8:37: a deadline of 0s is out of range: ${mend}`,
      `zoo/v1/zoo.proto:9:30: a deadline of 181s is out of range: ${mend}`,
      `zoo/v1/zoo.proto:10:37: a deadline of 180.000000001s is out of range: ${mend}`,
      expect.stringMatching(
        /^zoo\/v1\/zoo\.proto:13:37: option \(bot\.action\.v1\.action\) has no valid value: /,
      ),
    ]);
  });

  it("agree with idempotency_level", () => {
    const files = zoo(`service Zoo {
  rpc A(Req) returns (Res) {
    option idempotency_level = NO_SIDE_EFFECTS;
    option (bot.action.v1.action).idempotency = IDEMPOTENCY_NOT_IDEMPOTENT;
  }
  rpc B(Req) returns (Res) {
    option idempotency_level = IDEMPOTENT;
    option (bot.action.v1.action).idempotency = IDEMPOTENCY_IDEMPOTENT;
  }
}`);
    expect(pluginError(files)).toBe(
      "zoo/v1/zoo.proto:9:5: idempotency IDEMPOTENCY_NOT_IDEMPOTENT contradicts idempotency_level NO_SIDE_EFFECTS: leave one of them out",
    );
  });

  it("must be known to this version", () => {
    const files = {
      ...zoo(`service Zoo {
  rpc A(Req) returns (Res) { option (bot.action.v1.action) = { cost: 3 }; }
  rpc B(Req) returns (Res) { option (bot.action.v1.action).idempotency = IDEMPOTENCY_MAYBE; }
}`),
      "bot/action/v1/options.proto": `syntax = "proto3"; package bot.action.v1;
        import "google/protobuf/descriptor.proto";
        extend google.protobuf.MethodOptions { ActionOptions action = 50713; }
        message ActionOptions { int32 cost = 9; Idempotency idempotency = 3; }
        enum Idempotency { IDEMPOTENCY_UNSPECIFIED = 0; IDEMPOTENCY_MAYBE = 7; }`,
    };
    expect(pluginError(files).split("\n")).toEqual([
      "zoo/v1/zoo.proto:7:64: this version of botwire does not know cost of option (bot.action.v1.action): leave it out, or update botwire",
      "zoo/v1/zoo.proto:8:30: this version of botwire does not know idempotency IDEMPOTENCY_MAYBE: set one of IDEMPOTENCY_NO_SIDE_EFFECTS, IDEMPOTENCY_IDEMPOTENT, IDEMPOTENCY_NOT_IDEMPOTENT",
    ]);
  });

  it("may come from an older options.proto", () => {
    const files = {
      ...zoo(
        `service Zoo { rpc A(Req) returns (Res) { option (bot.action.v1.action).name = "b"; } }`,
      ),
      "bot/action/v1/options.proto": `syntax = "proto3"; package bot.action.v1;
        import "google/protobuf/descriptor.proto";
        extend google.protobuf.MethodOptions { ActionOptions action = 50713; }
        message ActionOptions { string name = 1; }`,
    };
    expect(runPlugin(files)["zoo/v1/zoo.ts"]).toContain(`name: "b"`);
  });
});

describe("messages of actions", () => {
  it("have no field named error in a response", () => {
    const files = zoo(`message Bad { string error = 1; }
message Worse { oneof result { Res ok = 1; string why = 2 [json_name = "error"]; } }
message Fine { Bad nested = 1; string errors = 2; }
service Zoo {
  rpc A(Req) returns (Bad);
  rpc B(Bad) returns (Worse);
  rpc C(Req) returns (Fine);
  rpc D(Req) returns (Bad);
}`);
    const reason = (type: string) =>
      `"error" is where plugin tool calls say why an action failed, so zoo.v1.${type}, the response of an action, can't have a field of this name: rename it`;
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:6:15: ${reason("Bad")}`,
      `zoo/v1/zoo.proto:7:44: ${reason("Worse")}`,
    ]);
  });

  it("are no well-known types but Empty", () => {
    const files = zoo(`import "google/protobuf/struct.proto";
import "google/protobuf/empty.proto";
service Zoo {
  rpc A(google.protobuf.Struct) returns (google.protobuf.Empty);
  rpc B(google.protobuf.Empty) returns (stream google.protobuf.Value);
}`);
    const mend =
      "because platforms need an object with declared fields: put it into a field of a message of your own";
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:9:3: google.protobuf.Struct can't be the request of an action, ${mend}`,
      `zoo/v1/zoo.proto:10:3: google.protobuf.Value can't be the response of an action, ${mend}`,
    ]);
  });
});

describe("types of fields", () => {
  it("are well-known or of one's own", () => {
    const files = zoo(`import "google/protobuf/api.proto";
import "google/protobuf/type.proto";
import "google/protobuf/struct.proto";
import "buf/validate/validate.proto";
message Zoo {
  google.protobuf.Api api = 1;
  repeated google.protobuf.Syntax syntax = 2;
  map<string, google.protobuf.Struct> free = 3;
  google.protobuf.NullValue nothing = 4;
  buf.validate.Violations violations = 5;
}`);
    const reason =
      "has no codec, because it is neither a message of your own nor a well-known type with a form in JSON: declare what you need of it in a message of your own";
    const reported = pluginError(files, "model=protobuf-es").split("\n");
    expect(reported).toEqual([
      `zoo/v1/zoo.proto:11:3: google.protobuf.Api ${reason}`,
      `zoo/v1/zoo.proto:12:3: google.protobuf.Syntax ${reason}`,
      `zoo/v1/zoo.proto:15:3: buf.validate.Violations ${reason}`,
    ]);
  });
});

describe("files of the ts-proto model", () => {
  it("are proto3", () => {
    const files = {
      "zoo/v1/two.proto": `// A comment.\nsyntax = "proto2"; package zoo.v1; message Two { optional int32 a = 1; }`,
      "zoo/v1/edition.proto": `edition = "2023"; package zoo.v1; message Edition { int32 a = 1; }`,
      "zoo/v1/zoo.proto": proto(`import "zoo/v1/two.proto"; message User { Two two = 1; }`),
    };
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/edition.proto:1:1: ts-proto handles only syntax = "proto3" right: change the file, or use the option model=protobuf-es`,
      `zoo/v1/two.proto:2:1: ts-proto handles only syntax = "proto3" right: change the file, or use the option model=protobuf-es`,
      `zoo/v1/zoo.proto:6:43: zoo.v1.Two is not declared with syntax = "proto3", which ts-proto handles wrongly: use the option model=protobuf-es`,
    ]);
    expect(Object.keys(runPlugin(files, "model=protobuf-es"))).toContain("zoo/v1/two.ts");
  });

  it("have no messages named like reserved words", () => {
    const files = zoo("message function { string class = 1; }");
    expect(pluginError(files)).toBe(
      `zoo/v1/zoo.proto:6:1: ts-proto prints invalid code for a message named "function": rename it, or use the option model=protobuf-es`,
    );
    expect(runPlugin(files, "model=protobuf-es")["zoo/v1/zoo.ts"]).toContain(
      "export const functionSchema: GeneratedSchema<function$>",
    );
  });
});

describe("names that ts-proto uses itself", () => {
  it.each(["Partial", "MessageFns", "Uint8Array", "BinaryReader", "globalThis"])("%s", (name) => {
    expect(pluginError(zoo(`message ${name} {}`))).toBe(
      `zoo/v1/zoo.proto:6:1: ts-proto prints invalid code for a message named "${name}": rename it, or use the option model=protobuf-es`,
    );
  });

  it("are refused only in files that make it use them", () => {
    expect(() => runPlugin(zoo("message Map { map<string, Map> a = 1; }"))).not.toThrow();
    expect(pluginError(zoo("message Map { map<int64, Map> a = 1; }"))).toContain(`named "Map"`);
    expect(() => runPlugin(zoo("message BigInt { int32 a = 1; }"))).not.toThrow();
    expect(pluginError(zoo("message BigInt { repeated int64 a = 1; }"))).toContain(`"BigInt"`);
  });
});

describe("files of both models", () => {
  it("have no names that nobody can print", () => {
    const files = zoo(
      "message any {}\nenum arguments { A = 0; }\nmessage Fine { enum arguments { B = 0; } }",
    );
    expect(pluginError(files, "model=protobuf-es").split("\n")).toEqual([
      `zoo/v1/zoo.proto:6:1: protobuf-es prints invalid code for a message named "any": rename it`,
      `zoo/v1/zoo.proto:7:1: protobuf-es prints invalid code for an enum named "arguments": rename it`,
    ]);
    expect(pluginError(files).split("\n")).toEqual([
      `zoo/v1/zoo.proto:6:1: ts-proto prints invalid code for a message named "any": rename it`,
      `zoo/v1/zoo.proto:7:1: ts-proto prints invalid code for an enum named "arguments": rename it`,
    ]);
  });
});

describe("generated names", () => {
  it("of files don't clash", () => {
    const files = {
      "zoo/v1/zoo.proto": proto("service Zoo { rpc A(Req) returns (Res); }"),
      "zoo/v1/zoo.connect.proto": proto("", "zoo.other.v1"),
      "zoo/v1/idle.proto": proto("", "zoo.idle.v1"),
      "zoo/v1/idle.connect.proto": proto("", "zoo.idle.other.v1"),
    };
    expect(pluginError(files)).toBe(
      "zoo/v1/zoo.proto:1:1: zoo/v1/zoo.connect.proto and zoo/v1/zoo.proto would both be generated to zoo/v1/zoo.connect.ts: rename one of them",
    );
  });

  it("of declarations don't clash", () => {
    const files = zoo(`service ReqSchema { rpc A(Req) returns (Res); }
message A { message B {} }
message A_B {}
service Case {
  rpc Foo(Req) returns (Res);
  rpc foo(Req) returns (Res) { option (bot.action.v1.action).name = "bar"; }
}`);
    expect(pluginError(files, "model=protobuf-es").split("\n")).toEqual([
      `zoo/v1/zoo.proto:6:1: service zoo.v1.ReqSchema and message zoo.v1.Req would both be exported as "ReqSchema": rename one of them`,
      `zoo/v1/zoo.proto:8:1: message zoo.v1.A_B and message zoo.v1.A.B would both be exported as "A_BSchema": rename one of them`,
      `zoo/v1/zoo.proto:11:3: rpc foo and Foo both become the method "foo": rename one of them`,
    ]);
  });
});

it("everything is told at once, in the order of the sources", () => {
  const files = {
    "b/v1/b.proto": proto("message class {}", "b.v1"),
    "a/v1/a.proto": proto(
      `service A {
  rpc Ask(stream Req) returns (Res) { option (bot.action.v1.action).name = "x"; }
  rpc _B(Req) returns (Res);
}`,
      "a.v1",
    ),
  };
  expect(fullError(files).match(/^(\S+:\d+:\d+:|\d.*)/gm)).toEqual([
    "3 problems in .proto files",
    "a/v1/a.proto:7:39:",
    "a/v1/a.proto:8:3:",
    "b/v1/b.proto:6:1:",
  ]);
});
