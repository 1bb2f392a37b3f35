import { create, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { DurationSchema, StringValueSchema } from "@bufbuild/protobuf/wkt";
import { createValidator, violationsToProto } from "@bufbuild/protovalidate";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { ActionError, codes, implement, silentLogger, toActionError } from "botwire";
import { createActionClient } from "botwire/client";
import { actionRoutes, fromConnectError, toConnectError } from "botwire/connect";
import { describe, expect, it } from "vitest";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { CountRequestSchema, FailRequestSchema } from "./generated/es/wire/v1/wire_pb.ts";
import { wireHandlers } from "./wire-handlers.ts";

/** What arrives at a client of a handler that throws. */
async function thrownBy(thrown: () => never): Promise<ActionError> {
  const wire = implement(WireService, { ...wireHandlers(), fail: thrown });
  const transport = createRouterTransport(actionRoutes([wire], { log: silentLogger }));
  const call = createActionClient(WireService, transport).fail({ code: "x" });
  const reason = await call.catch((error: unknown) => error);
  if (!(reason instanceof ActionError)) {
    throw new Error("the call did not fail with an ActionError", { cause: reason });
  }
  return reason;
}

describe("toConnectError()", () => {
  it.each(codes)("keeps the code %s", (code) => {
    const error = toConnectError(new ActionError(code, "why"));
    expect(Code[error.code]?.toLowerCase().replaceAll("_", "")).toBe(code.replaceAll("_", ""));
    expect(error.rawMessage).toBe("why");
    expect(fromConnectError(error).code).toBe(code);
  });

  it("says when to try again, as detail and header", () => {
    const error = toConnectError(new ActionError("unavailable", "busy", { retryAfterMs: 1500 }));
    expect(error.metadata.get("retry-after")).toBe("2");
    expect(error.details).toMatchObject([{ type: "google.rpc.RetryInfo" }]);
    expect(fromConnectError(error).retryAfterMs).toBe(1500);
  });

  it("leaves out headers that HTTP cannot carry", () => {
    const metadata = new Map([
      ["x-good", "1"],
      ["x-bad", "a\r\nx-injected: 1"],
      ["bad name", "1"],
      ["content-type", "text/html"],
    ]);
    const error = toConnectError(new ActionError("internal", "", { metadata }));
    expect([...error.metadata]).toEqual([["x-good", "1"]]);
  });
});

describe("fromConnectError()", () => {
  it("ignores details that cannot be read", () => {
    const error = new ConnectError("busy", Code.Unavailable);
    error.details.push({ type: "google.rpc.RetryInfo", value: new Uint8Array([0xff]) });
    expect(fromConnectError(error).retryAfterMs).toBeUndefined();
  });

  it("takes everything else for unknown", () => {
    expect(fromConnectError(new Error("x")).code).toBe("unknown");
    expect(fromConnectError("x").message).toBe("x");
  });
});

describe("an error of a handler", () => {
  it("keeps its details", async () => {
    const value = toBinary(StringValueSchema, create(StringValueSchema, { value: "detail" }));
    const details = [{ typeName: "google.protobuf.StringValue", value }];
    const error = await thrownBy(() => {
      throw new ActionError("aborted", "why", { details, retryAfterMs: 20 });
    });
    expect(error.details.slice(0, 1)).toEqual(details);
    expect(error.retryAfterMs).toBe(20);
  });

  it("may be one of Connect, with details and metadata", async () => {
    const error = await thrownBy(() => {
      throw new ConnectError("why", Code.Aborted, { "x-meta": "1" }, [
        { desc: DurationSchema, value: { seconds: 1n } },
      ]);
    });
    expect(error).toMatchObject({ code: "aborted", message: "why" });
    expect(error.metadata.get("x-meta")).toBe("1");
    expect(error.details).toEqual([
      {
        typeName: "google.protobuf.Duration",
        value: toBinary(DurationSchema, create(DurationSchema, { seconds: 1n })),
      },
    ]);
  });
});

describe("violations over Connect", () => {
  const validator = createValidator();

  it.each([
    { code: "", tags: ["a", "long", "longer"] },
    { code: "", tags: [] },
    { code: "x", tags: ["long"] },
  ])("equal those of protovalidate: %j", async (request) => {
    const transport = createRouterTransport(
      actionRoutes([implement(WireService, wireHandlers())], { log: silentLogger }),
    );
    const call = createActionClient(WireService, transport).fail(request);
    const reason = await call.catch((error: unknown) => error);
    const cause = reason instanceof ActionError ? reason.cause : undefined;
    const sent = cause instanceof ConnectError ? cause.findDetails(ViolationsSchema) : [];
    const result = validator.validate(FailRequestSchema, fromJson(FailRequestSchema, request));
    const [expected] = violationsToProto(result.violations ?? []);
    expect(sent.map((violations) => toJson(ViolationsSchema, violations))).toEqual([
      toJson(ViolationsSchema, expected),
    ]);
  });

  it("come back as they were sent", () => {
    const result = validator.validate(CountRequestSchema, create(CountRequestSchema, { to: 2000 }));
    const [violations] = violationsToProto(result.violations ?? []);
    const received = new ConnectError("invalid", Code.InvalidArgument, undefined, [
      { desc: ViolationsSchema, value: violations },
    ]);
    const again = toConnectError(fromConnectError(received));
    expect(again.findDetails(ViolationsSchema)).toEqual([violations]);
  });

  it("name the path of what could not be read", () => {
    const error = toActionError(
      new ActionError("invalid_argument", "", {
        violations: [
          { field: 'a.b[3].c["x.y\\"]"].d[true][', rule: "json", message: "", forKey: false },
          { field: 'a.b[3].c["x.y\\"]"].d[true].e[-1]', rule: "json", message: "m", forKey: true },
        ],
      }),
    );
    const [violations] = toConnectError(error).findDetails(ViolationsSchema);
    expect(violations && toJson(ViolationsSchema, violations)).toEqual({
      violations: [
        {
          field: { elements: [{ fieldName: 'a.b[3].c["x.y\\"]"].d[true][' }] },
          ruleId: "json",
          forKey: false,
        },
        {
          field: {
            elements: [
              { fieldName: "a" },
              { fieldName: "b", index: "3" },
              { fieldName: "c", stringKey: 'x.y"]' },
              { fieldName: "d", boolKey: true },
              { fieldName: "e", intKey: "-1" },
            ],
          },
          ruleId: "json",
          message: "m",
          forKey: true,
        },
      ],
    });
  });
});
