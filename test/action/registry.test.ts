import { createPipeline, implement, type ServiceContract, type Unary } from "botwire";
import { describe, expect, it } from "vitest";
import { callOf, contractOf, errorOf, messageOf, type Note } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

function serviceOf(typeName: string, ...names: string[]) {
  const contract: ServiceContract<Record<string, Unary<Note, Note>>> = {
    typeName,
    actions: Object.fromEntries(names.map((name) => [`do_${name}`, contractOf("unary", name)])),
  };
  return implement(
    contract,
    Object.fromEntries(names.map((name) => [`do_${name}`, () => ({ text: name })])),
  );
}

const find = async (action: string | undefined, ...names: string[]) => {
  const { pipeline } = quietPipeline({ actions: [serviceOf("test.v1.S", ...names)] });
  return pipeline.invoke(callOf({ action }));
};

describe("the names of actions", () => {
  it("have to be names, and of one action each: all that are not are listed", () => {
    const actions = [
      serviceOf("a.v1.A", "one", "two", "Three"),
      serviceOf("b.v1.B", "two", "__proto__", "x".repeat(31)),
    ];
    expect(() => createPipeline({ actions })).toThrow(
      [
        "the actions of a server need names of their own; set (bot.action.v1.action).name:",
        '- "Three" (a.v1.A.Three) is no name: ^[a-z][a-z0-9_]{0,29}$ is asked for',
        '- "two" is both a.v1.A.two and b.v1.B.two',
        '- "__proto__" (b.v1.B.__proto__) is no name: ^[a-z][a-z0-9_]{0,29}$ is asked for',
        `- "${"x".repeat(31)}" (b.v1.B.${"x".repeat(31)}) is no name: ^[a-z][a-z0-9_]{0,29}$ is asked for`,
      ].join("\n"),
    );
  });

  it("are in the order of the services", () => {
    const { pipeline } = quietPipeline({ actions: [serviceOf("a.v1.A", "two", "one")] });
    expect(pipeline.actions.map(({ action }) => action.name)).toEqual(["two", "one"]);
    expect(pipeline.implementations).toHaveLength(1);
  });
});

describe("a call", () => {
  it("reaches the action of its name", async () => {
    expect(messageOf(await find("two", "one", "two"))).toMatchObject({ text: "two" });
  });

  it.each([undefined, ""])("may leave the name out (%j) if there is one action", async (name) => {
    expect(messageOf(await find(name, "one"))).toMatchObject({ text: "one" });
  });

  it("may not leave it out if there are more", async () => {
    expect(errorOf(await find(undefined, "one", "two"))).toMatchObject({
      code: "invalid_argument",
      message: "the call names no action; this server has one, two",
    });
  });

  it.each([
    ["get_locale_time", 'there is no action "get_locale_time"; did you mean "get_local_time"?'],
    ["sing", 'there is no action "sing"; this server has get_local_time, countdown'],
    ["__proto__", 'there is no action "__proto__"; this server has get_local_time, countdown'],
    ['a"\n', 'there is no action "a\\"\\n"; this server has get_local_time, countdown'],
    [
      "x".repeat(1000),
      `there is no action "${"x".repeat(64)}..."; this server has get_local_time, countdown`,
    ],
  ])("of an unknown action %j learns what there is", async (name, message) => {
    const outcome = await find(name, "get_local_time", "countdown");
    expect(errorOf(outcome)).toMatchObject({ code: "not_found", message });
    expect(outcome).toMatchObject({ ok: false, action: undefined, ran: false });
  });

  it("is shown no more than 20 names", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `number_${index}`);
    const { message } = errorOf(await find("sing", ...names));
    expect(message).toContain("number_0, ");
    expect(message).toContain("number_19 and 5 more");
  });

  it("of a server without actions learns that", async () => {
    expect(errorOf(await find("sing")).message).toBe(
      'there is no action "sing"; this server has no actions',
    );
  });
});
