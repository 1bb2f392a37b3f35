import { describe, expect, it } from "vitest";
import {
  boolEntry,
  field,
  forKeys,
  intEntry,
  itemOf,
  namedRule,
  nowOf,
  type Rule,
  rule,
  textEntry,
  uintEntry,
  ViolationCollector,
  violationPath,
} from "../../src/validate.ts";

const list = field(3, "attendees", 11);
const email = field(1, "email", 9);
const labels = field(4, "labels", 11);
const string = field(14, "string", 11);
const minLen: Rule = rule("must be longer", string, field(2, "min_len", 4));

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
    collector.add(forKeys(namedRule("k", "about keys")), email, "why");
    expect(collector.violations.map(({ message, forKey }) => [message, forKey])).toEqual([
      ["", false],
      ["why", true],
    ]);
  });

  it("has one present", () => {
    const collector = new ViolationCollector({ now: new Date("1969-12-31T23:59:59.250Z") });
    expect(nowOf(collector)).toEqual({ seconds: -1n, nanos: 250_000_000 });
    const other = new ViolationCollector();
    expect(nowOf(other)).toBe(nowOf(other));
  });

  it.each([
    [textEntry(labels, 9, "a.b"), 9, { kind: "stringKey", value: "a.b" }, 'labels["a.b"]'],
    [boolEntry(labels, 9, "true"), 8, { kind: "boolKey", value: true }, "labels[true]"],
    [boolEntry(labels, 9, false), 8, { kind: "boolKey", value: false }, "labels[false]"],
    [intEntry(labels, 17, 9, "-7"), 17, { kind: "intKey", value: -7n }, "labels[-7]"],
    [uintEntry(labels, 4, 9, 7n), 4, { kind: "uintKey", value: 7n }, "labels[7]"],
    [uintEntry(labels, 13, 9, "7"), 13, { kind: "uintKey", value: 7n }, "labels[7]"],
  ] as const)("names the entries of maps (%#)", (step, keyType, subscript, path) => {
    expect(step).toEqual({ ...labels, keyType, valueType: 9, subscript });
    expect(violationPath({ field: [step] })).toBe(path);
  });
});
