import { formatMessages } from "../../model/rules/string-formats.ts";
import type { LengthTest, Range, Test, Time } from "../../model/rules/test.ts";
import { holds } from "../../tool-model/holds.ts";
import { constantJson } from "../../tool-model/literals.ts";
import type { ValueType } from "../../tool-model/value-type.ts";
import { listWords, quoted } from "./list-words.ts";
import { timeWords } from "./time-words.ts";

/** What rules ask of a value, in sentences. Of an enum its names are told elsewhere. */
export function ruleWords(type: ValueType, tests: readonly Test[]): string[] {
  return [
    ...lengthWords(
      tests.filter((test) => test.kind === "length").filter((test) => !isImplied(test, tests)),
    ),
    ...tests.flatMap((test) => testWords(type, test)),
  ];
}

/** What has a format is not empty, but for a few formats. */
function isImplied({ bound, length }: LengthTest, tests: readonly Test[]): boolean {
  return (
    bound === "min" &&
    length === 1 &&
    tests.some((test) => test.kind === "format" && holds(test, "") === false)
  );
}

function testWords(type: ValueType, test: Test): string[] {
  switch (test.kind) {
    case "equals":
    case "oneOf":
      return type.kind === "enum" ? [] : [constantWords(test)];
    case "range":
      return [rangeWords(test, (value) => String(constantJson(value)))];
    case "timeRange":
      return [rangeWords(test, (time) => timeWords(type, time))];
    case "pattern":
      return [
        `Matches the pattern ${test.source.includes("`") ? quoted(test.source) : `\`${test.source}\``}.`,
      ];
    case "affix": {
      const text =
        test.value instanceof Uint8Array
          ? `${constantJson(test.value)} (base64)`
          : quoted(test.value);
      return [`${affixVerbs[test.place][test.negated ? 1 : 0]} ${text}.`];
    }
    case "format":
      return [`${formatMessages[test.format].replace(/^m/, "M")}.`];
    case "byteSize":
      return [`${listWords(test.sizes.map(String), "or")} bytes.`];
    case "unique":
      return ["No two are alike."];
    case "typeUrl":
      return [
        `The type is ${test.negated ? "none" : "one"} of ${test.values.map(quoted).join(", ")}.`,
      ];
    case "timeEquals":
      return [`Must be ${timeWords(type, test.value)}.`];
    case "timeOneOf":
      return [
        memberWords(
          test.values.map((time) => timeWords(type, time)),
          test.negated,
        ),
      ];
    case "notAfterNow":
      return ["In the past."];
    case "notBeforeNow":
      return ["In the future."];
    case "withinNow":
      return [`At most ${durationWords(test.duration)} from now.`];
    case "paths":
      return [pathWords[test.mode](test.paths.map(quoted).join(", "))];
    // Lengths are told together; NaN and the infinities are no JSON numbers.
    case "length":
    case "finite":
    case "notNaN":
      return [];
  }
}

function durationWords(time: Time): string {
  return timeWords({ kind: "duration" }, time);
}

const affixVerbs = {
  prefix: ["Begins with", "Does not begin with"],
  suffix: ["Ends with", "Does not end with"],
  anywhere: ["Contains", "Does not contain"],
} as const;

const pathWords = {
  equal: (paths: string) => `Names exactly ${paths === "" ? "nothing" : paths}.`,
  only: (paths: string) => `Names nothing but ${paths}, or what is below.`,
  none: (paths: string) => `Names neither ${paths} nor what is below.`,
};

function constantWords(test: Test & { readonly kind: "equals" | "oneOf" }): string {
  const shown = (value: Parameters<typeof constantJson>[0]) =>
    typeof value === "string" ? quoted(value) : String(constantJson(value));
  return test.kind === "equals"
    ? `Must be ${shown(test.value)}.`
    : memberWords(test.values.map(shown), test.negated);
}

function memberWords(members: readonly string[], negated: boolean): string {
  if (members.length === 1) {
    return `Must ${negated ? "not " : ""}be ${members[0]}.`;
  }
  return `${negated ? "None" : "One"} of ${members.join(", ")}.`;
}

function rangeWords<T>({ lower, upper, outside }: Range<T>, show: (value: T) => string): string {
  if (
    lower !== undefined &&
    upper !== undefined &&
    !outside &&
    lower.inclusive &&
    upper.inclusive
  ) {
    return `${show(lower.value)} to ${show(upper.value)}.`;
  }
  const low = lower && `${lower.inclusive ? "at least" : "more than"} ${show(lower.value)}`;
  const high = upper && `${upper.inclusive ? "at most" : "less than"} ${show(upper.value)}`;
  const text = outside
    ? listWords([high ?? "", low ?? ""], "or")
    : listWords(
        [low, high].filter((part) => part !== undefined),
        "and",
      );
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const units = {
  codePoints: ["character", "characters"],
  utf8: ["byte in UTF-8", "bytes in UTF-8"],
  bytes: ["byte", "bytes"],
  items: ["item", "items"],
  pairs: ["entry", "entries"],
} as const satisfies Record<LengthTest["unit"], readonly [string, string]>;

/** Both ends of a length are told at once. */
function lengthWords(tests: readonly LengthTest[]): string[] {
  return [...Map.groupBy(tests, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const counted = (length: number) => `${length} ${units[unit][length === 1 ? 0 : 1]}`;
    const of = (bound: LengthTest["bound"]) => own.find((test) => test.bound === bound)?.length;
    const [exact, min, max] = [of("exact"), of("min"), of("max")];
    const ends =
      min !== undefined && max !== undefined
        ? [`${min} to ${counted(max)}.`]
        : [
            ...(min === undefined ? [] : [`At least ${counted(min)}.`]),
            ...(max === undefined ? [] : [`At most ${counted(max)}.`]),
          ];
    return [...(exact === undefined ? [] : [`Exactly ${counted(exact)}.`]), ...ends];
  });
}
