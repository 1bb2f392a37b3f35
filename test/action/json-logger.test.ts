import { createJsonLogger, type LogLevel } from "botwire";
import { describe, expect, it } from "vitest";

function logger(level?: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const log = createJsonLogger({
    service: "almanac",
    level,
    write: (line) => lines.push(JSON.parse(line)),
  });
  return { log, lines };
}

describe("createJsonLogger", () => {
  it("writes one object a line", () => {
    const { log, lines } = logger();
    log.info("hello", { city: "Oslo", level: "forged", ["__proto__"]: "kept" });
    log.warn("no fields\nbut a line break");
    expect(lines).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: "info",
        service: "almanac",
        message: "hello",
        city: "Oslo",
        ["__proto__"]: "kept",
      },
      expect.objectContaining({ level: "warn", message: "no fields\nbut a line break" }),
    ]);
  });

  it.each([
    ["debug", ["debug", "info", "warn", "error"]],
    [undefined, ["info", "warn", "error"]],
    ["error", ["error"]],
  ] as const)("at level %s writes %j", (level, expected) => {
    const { log, lines } = logger(level);
    for (const name of ["debug", "info", "warn", "error"] as const) {
      log[name](name);
    }
    expect(lines.map(({ message }) => message)).toEqual(expected);
  });

  it("writes what JSON alone would lose or refuse", () => {
    const { log, lines } = logger();
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const error = new TypeError("wrong", { cause: new Error("why") });
    log.info("odd", { big: 12n, error: Object.assign(error, { code: "E1" }) });
    log.info("circle", { circle, fine: 1 });
    log.info("throws", {
      hostile: {
        toJSON() {
          throw new Error("no");
        },
        toString() {
          throw new Error("no");
        },
      },
      looped: Object.assign(new Error("loop"), { cause: circle }),
    });
    expect(lines[0]).toMatchObject({
      big: "12",
      error: { name: "TypeError", message: "wrong", code: "E1", cause: { message: "why" } },
    });
    expect(lines[1]).toMatchObject({ message: "circle", circle: "[object Object]", fine: 1 });
    expect(lines[2]).toMatchObject({
      message: "throws",
      hostile: "(cannot be written)",
      looped: expect.stringContaining("Error: loop"),
    });
  });
});
