import { fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionService } from "botwire/gen/es/bot/action/v1/action_pb.js";
import { describe, expect, it } from "vitest";
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from "../../src/runtime/connect/grpc/gen/grpc/health/v1/health_pb.ts";
import {
  ServerReflection,
  type ServerReflectionRequestSchema,
} from "../../src/runtime/connect/grpc/gen/grpc/reflection/v1/reflection_pb.ts";
import { serveHealth } from "../../src/runtime/connect/grpc/health.ts";
import { serveReflection } from "../../src/runtime/connect/grpc/reflection.ts";
import { collect, streamOf } from "./collect.ts";
import { WireService } from "./generated/es/wire/v1/wire_pb.ts";

describe("grpc.health.v1.Health", () => {
  const client = (ready: () => Promise<boolean>) =>
    createClient(
      Health,
      createRouterTransport((router) => serveHealth(router, new Set(["a.v1.Service"]), ready)),
    );

  it.each([
    [true, Status.SERVING],
    [false, Status.NOT_SERVING],
  ])("says whether the server is ready: %s", async (ready, status) => {
    const health = client(async () => ready);
    expect(await health.check({})).toMatchObject({ status });
    expect(await health.check({ service: "a.v1.Service" })).toMatchObject({ status });
  });

  it("does not know other services", async () => {
    const health = client(async () => true);
    await expect(health.check({ service: "b.v1.Service" })).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: 'service "b.v1.Service" is not known here',
    });
    const statuses = await collect(health.watch({ service: "b.v1.Service" }));
    expect(statuses).toMatchObject([{ status: Status.SERVICE_UNKNOWN }]);
  });

  it("tells a watcher when the server stops serving, and lets it go", async () => {
    let ready = true;
    const watched = client(async () => ready).watch({});
    const statuses: Status[] = [];
    for await (const { status } of watched) {
      statuses.push(status);
      ready = false;
    }
    expect(statuses).toEqual([Status.SERVING, Status.NOT_SERVING]);
  });

  it("lets a watcher go that leaves", async () => {
    const leaving = new AbortController();
    const watched = client(async () => true).watch({}, { signal: leaving.signal });
    const reading = async () => {
      for await (const _ of watched) {
        leaving.abort();
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: Code.Canceled });
  });
});

describe("server reflection", () => {
  const transport = createRouterTransport((router) =>
    serveReflection(router, [WireService, ActionService]),
  );
  const client = createClient(ServerReflection, transport);

  type Query = NonNullable<
    MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"]
  >;

  async function ask(messageRequest: Query) {
    const requests = streamOf({ host: "h", messageRequest });
    const [answer, ...more] = await collect(client.serverReflectionInfo(requests));
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ validHost: "h", originalRequest: { messageRequest } });
    return answer?.messageResponse;
  }

  async function fileNames(query: Query) {
    const answer = await ask(query);
    return answer?.case === "fileDescriptorResponse"
      ? answer.value.fileDescriptorProto.map(
          (bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name,
        )
      : answer;
  }

  it("lists services", async () => {
    expect(await ask({ case: "listServices", value: "" })).toMatchObject({
      value: {
        service: [
          { name: "bot.action.v1.ActionService" },
          { name: "grpc.reflection.v1.ServerReflection" },
          { name: "grpc.reflection.v1alpha.ServerReflection" },
          { name: "wire.v1.WireService" },
        ],
      },
    });
  });

  const wireFiles = [
    "wire/v1/wire.proto",
    "bot/action/v1/options.proto",
    "google/protobuf/descriptor.proto",
    "google/protobuf/duration.proto",
    "google/protobuf/field_mask.proto",
    "buf/validate/validate.proto",
    "google/protobuf/timestamp.proto",
    "google/protobuf/empty.proto",
  ].sort();

  it.each([
    "wire.v1.WireService",
    "wire.v1.WireService.Echo",
    "wire.v1.Everything",
    "wire.v1.Everything.choice",
    "wire.v1.Everything.int64",
    "wire.v1.Shade",
  ])("gives the file of %s with all that it imports", async (value) => {
    const names = await fileNames({ case: "fileContainingSymbol", value });
    expect(Array.isArray(names) ? names.sort() : names).toEqual(wireFiles);
  });

  it("gives files by name", async () => {
    expect(
      await fileNames({ case: "fileByFilename", value: "google/protobuf/empty.proto" }),
    ).toEqual(["google/protobuf/empty.proto"]);
  });

  it("gives files and numbers of extensions", async () => {
    const containingType = "google.protobuf.MethodOptions";
    const value = { containingType, extensionNumber: 50_713 };
    expect(await fileNames({ case: "fileContainingExtension", value })).toContain(
      "bot/action/v1/options.proto",
    );
    expect(await ask({ case: "allExtensionNumbersOfType", value: containingType })).toMatchObject({
      value: { baseTypeName: containingType, extensionNumber: [50_713] },
    });
  });

  it.each([
    { case: "fileContainingSymbol", value: "" },
    { case: "fileContainingSymbol", value: "wire.v1" },
    { case: "fileContainingSymbol", value: "wire.v1.WireService.echo" },
    { case: "fileContainingSymbol", value: "constructor" },
    { case: "fileByFilename", value: "../wire.proto" },
    { case: "fileContainingExtension", value: { containingType: "x", extensionNumber: 1 } },
    { case: "allExtensionNumbersOfType", value: "__proto__" },
  ] as const)("does not know $case $value", async (query) => {
    expect(await ask(query)).toMatchObject({
      case: "errorResponse",
      value: { errorCode: 5, errorMessage: expect.stringMatching(/is not known here$/) },
    });
  });

  it("refuses a request that asks for nothing", async () => {
    expect(await ask({ case: undefined })).toMatchObject({
      case: "errorResponse",
      value: { errorCode: 3 },
    });
  });
});
