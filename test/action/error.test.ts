import { create } from "@bufbuild/protobuf";
import { AnySchema, DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { ActionError, codes, toActionError } from "botwire";
import { CodecError } from "botwire/codec";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, notes } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

describe("toActionError", () => {
  it("leaves an ActionError as it is", () => {
    const error = new ActionError("not_found", "no such city", { retryAfterMs: 5 });
    expect(toActionError(error)).toBe(error);
  });

  it("knows every code of Connect", () => {
    for (const [index, code] of codes.entries()) {
      expect(toActionError(new ConnectError("m", index + 1)).code).toBe(code);
    }
    expect(codes.length).toBe(Object.values(Code).filter((v) => typeof v === "number").length);
  });

  it("takes message and metadata of a ConnectError, and keeps it as the cause", () => {
    const given = new ConnectError("no such city", Code.NotFound, { "X-City": "none" });
    const error = toActionError(given);
    expect(error).toMatchObject({ code: "not_found", message: "no such city", cause: given });
    expect([...error.metadata]).toEqual([["x-city", "none"]]);
  });

  it("takes the encoded details of a ConnectError; others stay on the cause", () => {
    const given = new ConnectError("m", Code.Aborted, undefined, [
      { desc: DurationSchema, value: create(DurationSchema) },
    ]);
    given.details.push({ type: "google.protobuf.Any", value: Uint8Array.of(1) });
    expect(toActionError(given).details).toEqual([
      { typeName: AnySchema.typeName, value: Uint8Array.of(1) },
    ]);
  });

  it("doesn't pass on the headers of another server", () => {
    const given = new ConnectError("m", Code.Aborted, { "set-cookie": "secret" });
    given.isWireError = true;
    expect(toActionError(given).metadata.size).toBe(0);
  });

  it("takes an unknown code of a ConnectError as unknown", () => {
    expect(toActionError(Object.assign(new ConnectError("m"), { code: 99 })).code).toBe("unknown");
  });

  it("makes every problem of a CodecError a violation", () => {
    const given = new CodecError("cannot read test.v1.Note", [
      { path: "text", message: "expected string, got number" },
      { path: "", message: "unknown field" },
    ]);
    expect(toActionError(given)).toMatchObject({
      code: "invalid_argument",
      message: given.message,
      violations: [
        { field: "text", rule: "json", message: "expected string, got number", forKey: false },
        { field: "", rule: "json", message: "unknown field", forKey: false },
      ],
    });
  });

  it("tells aborts and timeouts apart", () => {
    expect(toActionError(new DOMException("secret", "AbortError"))).toMatchObject({
      code: "canceled",
      message: "the call was canceled",
    });
    expect(toActionError(new DOMException("secret", "TimeoutError"))).toMatchObject({
      code: "deadline_exceeded",
      message: "the call took too long",
    });
  });

  const liar = new Proxy(
    {},
    {
      has: () => true,
      get() {
        throw new Error("trap");
      },
    },
  );
  it.each([
    ["an error", new Error("password=1234")],
    ["a string", "password=1234"],
    ["undefined", undefined],
    ["null", null],
    ["something that throws when it is looked at", liar],
    ["something that only claims to be a ConnectError", { name: "ConnectError", code: 5 }],
  ])("tells nothing about %s", (_, given) => {
    const error = toActionError(given);
    expect(error.code).toBe("internal");
    expect(error.message).toBe("internal error");
    expect(error.cause).toBe(given);
  });
});

describe("an error of a handler", () => {
  it("is logged with its stack, and shows the caller nothing", async () => {
    const { pipeline, lines } = quietPipeline({
      actions: [
        notes({
          echo: () => {
            throw new Error("password=1234");
          },
        }),
      ],
    });
    const error = errorOf(await pipeline.invoke(callOf()));
    expect(error).toMatchObject({ code: "internal", message: "internal error" });
    expect(lines).toMatchObject([{ level: "error", message: "the call failed" }]);
    expect(lines[0]?.fields).toMatchObject({
      action: "echo",
      error: { cause: { message: "password=1234" } },
    });
  });

  it("is no fault of the caller's if a message cannot be read that is not the request", async () => {
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          echo: () => Promise.reject(new CodecError("cannot read upstream.v1.Reply", [])),
        }),
      ],
    });
    expect(errorOf(await pipeline.invoke(callOf())).code).toBe("internal");
  });

  it("is not logged if it is an answer", async () => {
    const { pipeline, lines } = quietPipeline({
      actions: [notes({ echo: () => Promise.reject(new ActionError("not_found", "no city")) })],
    });
    expect(errorOf(await pipeline.invoke(callOf()))).toMatchObject({ message: "no city" });
    expect(lines).toEqual([]);
  });
});
