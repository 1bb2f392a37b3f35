import { describe, expect, it } from "vitest";
import { dayOfYear, fullYear, hours, textOfDuration, textOfTimestamp } from "../../src/cel.ts";
import { RuleError } from "../../src/validate.ts";

const at = (seconds: bigint, nanos = 0) => ({ seconds, nanos });
const most = (1n << 63n) - 1n;

describe("a timestamp of any request", () => {
  it("has parts as long as there are calendars", () => {
    expect(fullYear(at(253_402_300_799n, 999_999_999))).toBe(9999);
    expect(fullYear(at(253_402_300_800n))).toBe(10_000);
    expect(fullYear(at(-62_135_596_801n))).toBe(0);
    expect(dayOfYear(at(-62_135_596_800n))).toBe(0);
  });

  it.each([most, -most, 8_640_000_000_001n])("fails at %d seconds, as a rule does", (seconds) => {
    const error = expect.objectContaining({ message: "the timestamp is out of range" });
    for (const read of [
      () => fullYear(at(seconds)),
      () => hours(at(seconds), "+14:00"),
      () => hours(at(seconds), "Asia/Shanghai"),
      () => textOfTimestamp(at(seconds)),
    ]) {
      expect(read).toThrow(RuleError);
      expect(read).toThrow(error);
    }
  });

  it("is written if Protobuf has it in JSON", () => {
    expect(textOfTimestamp(at(253_402_300_799n, 1_000))).toBe("9999-12-31T23:59:59.000001Z");
    expect(textOfTimestamp(at(-62_135_596_800n))).toBe("0001-01-01T00:00:00Z");
    for (const time of [at(253_402_300_800n), at(-62_135_596_801n), at(0n, -1), at(0n, 10 ** 9)]) {
      expect(() => textOfTimestamp(time)).toThrow("the timestamp is out of range");
    }
  });
});

describe("a duration of any request", () => {
  it("is written if Protobuf has it in JSON", () => {
    expect(textOfDuration(at(315_576_000_000n))).toBe("315576000000s");
    expect(textOfDuration(at(-1n, -500_000_000))).toBe("-1.500s");
    expect(textOfDuration(at(0n, -1))).toBe("-0.000000001s");
    for (const time of [at(most), at(-315_576_000_001n), at(1n, -1), at(0n, 10 ** 9)]) {
      expect(() => textOfDuration(time)).toThrow("the duration is out of range");
    }
  });
});
