import { describe, expect, it } from "vitest";
import { nowOf, ViolationCollector, violationPath } from "../../src/validate.ts";

const email = "1email:9|14string/2min_len:4";

describe("ViolationCollector", () => {
  it("builds paths from the inside", () => {
    const collector = new ViolationCollector();
    collector.add("9before:9|14string/2min_len:4", "must be longer");
    const start = collector.count;
    collector.add(email, "must be longer");
    collector.add("||about.all", "must be good");
    collector.within(start, "3attendees", { kind: "index", value: 3 });
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

  it("builds paths of any depth, each its own", () => {
    const collector = new ViolationCollector();
    for (const at of [0, 1]) {
      const start = collector.count;
      collector.add(email, "must be longer");
      collector.within(start, "3attendees", { kind: "index", value: at });
      collector.within(start, "2teams:11:9:11", { kind: "stringKey", value: "ops" });
      collector.within(start, "1meeting");
    }
    collector.add(email, "must be longer");
    expect(collector.violations.map(violationPath)).toEqual([
      'meeting.teams["ops"].attendees[0].email',
      'meeting.teams["ops"].attendees[1].email',
      "email",
    ]);
  });

  it("takes no more than it should", () => {
    const collector = new ViolationCollector(2);
    collector.add(email, "first");
    expect(collector.full).toBe(false);
    collector.add(email, "second");
    expect(collector.full).toBe(true);
    collector.add(email, "third");
    expect(collector.violations.map(({ message }) => message)).toEqual(["first", "second"]);
  });

  it("has one present", () => {
    const collector = new ViolationCollector(undefined, new Date("1969-12-31T23:59:59.250Z"));
    expect(nowOf(collector)).toEqual({ seconds: -1n, nanos: 250_000_000 });
    const other = new ViolationCollector();
    expect(nowOf(other)).toBe(nowOf(other));
  });

  it.each([
    [{ kind: "stringKey", value: "a.b" }, 'labels["a.b"]'],
    [{ kind: "boolKey", value: true }, "labels[true]"],
    [{ kind: "intKey", value: -7n }, "labels[-7]"],
    [{ kind: "uintKey", value: 7n }, "labels[7]"],
  ] as const)("names the entries of maps (%#)", (subscript, path) => {
    const collector = new ViolationCollector();
    collector.add("4labels:11:9:5|19map/4keys/14string/19len:4", "", subscript);
    const [violation] = collector.violations;
    expect(violation?.field).toEqual([
      {
        fieldNumber: 4,
        fieldName: "labels",
        fieldType: 11,
        keyType: 9,
        valueType: 5,
        subscript,
      },
    ]);
    expect(violation).toMatchObject({ ruleId: "string.len", forKey: true });
    expect(violation && violationPath(violation)).toBe(path);
  });

  it.each([
    ["||a|b", "a|b"],
    ["||", ""],
    ["1x:9|23cel:11:1|", ""],
    ["1x:9|23cel:11:1|\n", "\n"],
  ])("ids are any text: %j", (site, ruleId) => {
    const collector = new ViolationCollector();
    collector.add(site, "why");
    expect(collector.violations).toMatchObject([{ ruleId }]);
  });

  it("names one of several rules, and a oneof by its name alone", () => {
    const collector = new ViolationCollector();
    collector.add("choice||required", "one of them");
    collector.add("1x:9|23cel:11:2|mine", "why");
    expect(collector.violations.map(({ field, rule }) => [field, rule])).toEqual([
      [[{ fieldName: "choice" }], []],
      [
        [{ fieldNumber: 1, fieldName: "x", fieldType: 9 }],
        [
          {
            fieldNumber: 23,
            fieldName: "cel",
            fieldType: 11,
            subscript: { kind: "index", value: 2 },
          },
        ],
      ],
    ]);
  });
});
