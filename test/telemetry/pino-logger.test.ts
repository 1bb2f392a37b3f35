import { createPinoLogger } from "botwire/telemetry";
import { expect, it } from "vitest";

function keepLines(options: object = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createPinoLogger({ service: "bot", destination, ...options });
  return { log, last: () => JSON.parse(lines.at(-1) ?? "{}"), lines };
}

it("writes lines as the plain logger does", () => {
  const { log, last } = keepLines();
  log.warn("careful", { count: 1n, list: [{ a: 1 }], message: "other" });
  expect(last()).toMatchObject({
    level: "warn",
    service: "bot",
    message: "careful",
    count: 1,
    list: [{ a: 1 }],
  });
  expect(Date.parse(last().time)).toBeGreaterThan(0);
});

it("shows of errors, and their causes, what is worth it", () => {
  const { log, last } = keepLines();
  const cause = Object.assign(new RangeError("below"), { code: "E1", detail: "private" });
  log.error("failed", { error: new TypeError("above", { cause }) });
  expect(last().error).toMatchObject({
    name: "TypeError",
    message: "above",
    stack: expect.stringContaining("TypeError: above"),
    cause: { name: "RangeError", message: "below", code: "E1" },
  });
  expect(JSON.stringify(last())).not.toContain("private");
});

it("leaves out what matters less, and hides what it is told to hide", () => {
  const { log, lines, last } = keepLines({ level: "warn", redact: ["apiKey"] });
  log.info("nothing");
  expect(lines).toEqual([]);
  log.warn("something", { apiKey: "hunter2" });
  expect(last().apiKey).toBe("[Redacted]");
});

it("never throws", () => {
  const { log, lines } = keepLines();
  const circle: { self?: object } = {};
  circle.self = circle;
  log.info("odd", { circle, undefined, symbol: Symbol("s") });
  expect(lines).toHaveLength(1);
});
