import { describe, expect, it } from "vitest";
import {
  entryOf,
  field,
  itemOf,
  keyRule,
  type Rule,
  rule,
  ViolationCollector,
  violationPath,
} from "../../src/validate.ts";

const list = field(3, "attendees", 11);
const email = field(1, "email", 9);
const labels = field(4, "labels", 11);
const string = field(14, "string", 11);
const minLen: Rule = rule("string.min_len", "must be longer", string, field(2, "min_len", 4));

describe("ViolationCollector", () => {
  it("builds paths from the inside", () => {
    const collector = new ViolationCollector();
    collector.add(minLen, field(9, "before", 9));
    const start = collector.count;
    collector.add(minLen, email);
    collector.add(minLen);
    expect(collector.within(start, itemOf(list, 3))).toBe(false);
    expect(collector.violations.map(violationPath)).toEqual([
      "before",
      "attendees[3].email",
      "attendees[3]",
    ]);
    expect(collector.violations[1]).toEqual({
      field: [
        {
          fieldNumber: 3,
          fieldName: "attendees",
          fieldType: 11,
          subscript: { kind: "index", value: 3 },
        },
        { fieldNumber: 1, fieldName: "email", fieldType: 9 },
      ],
      rule: [
        { fieldNumber: 14, fieldName: "string", fieldType: 11 },
        { fieldNumber: 2, fieldName: "min_len", fieldType: 4 },
      ],
      ruleId: "string.min_len",
      message: "must be longer",
      forKey: false,
    });
  });

  it("says when it has enough", () => {
    const collector = new ViolationCollector({ limit: 2 });
    expect(collector.add(minLen, email)).toBe(false);
    expect(collector.within(0, list)).toBe(false);
    expect(collector.add(minLen, email)).toBe(true);
    expect(collector.within(1, list)).toBe(true);
    expect(collector.violations.map(violationPath)).toEqual(["attendees.email", "attendees.email"]);
  });

  it("takes a message in place of the rule's own", () => {
    const collector = new ViolationCollector();
    collector.add(minLen, email, "");
    collector.add(keyRule("k", "about keys"), email, "why");
    expect(collector.violations.map(({ message, forKey }) => [message, forKey])).toEqual([
      ["", false],
      ["why", true],
    ]);
  });

  it("has one present", () => {
    const collector = new ViolationCollector({ now: new Date("1969-12-31T23:59:59.250Z") });
    expect(collector.now).toEqual({ seconds: -1n, nanos: 250_000_000 });
    const other = new ViolationCollector();
    expect(other.now).toBe(other.now);
  });

  it.each([
    [9, "a.b", { kind: "stringKey", value: "a.b" }, 'labels["a.b"]'],
    [8, "true", { kind: "boolKey", value: true }, "labels[true]"],
    [8, false, { kind: "boolKey", value: false }, "labels[false]"],
    [3, "-7", { kind: "intKey", value: -7n }, "labels[-7]"],
    [17, "-7", { kind: "intKey", value: -7n }, "labels[-7]"],
    [4, 7n, { kind: "uintKey", value: 7n }, "labels[7]"],
    [13, "7", { kind: "uintKey", value: 7n }, "labels[7]"],
  ] as const)("names the entries of maps with keys of type %i", (type, key, subscript, path) => {
    const step = entryOf(labels, type, 9, key);
    expect(step).toEqual({ ...labels, keyType: type, valueType: 9, subscript });
    expect(violationPath({ field: [step] })).toBe(path);
  });
});
