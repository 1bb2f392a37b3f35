import type { AffixTest, LengthTest, RangeTest, Test } from "../../model/rules/test.ts";
import type { JsonObject } from "../../tool-model/json.ts";
import { constantJson } from "../../tool-model/literals.ts";
import type { ValueType } from "../../tool-model/value-type.ts";
import type { Dialect } from "./dialect.ts";
import { formatKeywords } from "./format-keywords.ts";
import { ecmaPattern, literalPattern } from "./portable-pattern.ts";

/** Keywords that say a rule. */
export interface TestKeywords {
  readonly keywords: JsonObject;
  /** They say the rule exactly: nothing that breaks it passes. */
  readonly exact: boolean;
}

/**
 * The keywords that say a rule about a value in its JSON form, whether the
 * dialect has them or not. Undefined if there are none. What keeps the rule
 * always passes them.
 */
export function testKeywords(
  type: ValueType,
  test: Test,
  dialect: Dialect,
): TestKeywords | undefined {
  switch (test.kind) {
    case "equals": {
      const value = constantJson(test.value);
      return exact(dialect.keywords.has("const") ? { const: value } : { enum: [value] });
    }
    case "oneOf": {
      // No value equals NaN, but its JSON form is a string like any other.
      const values = test.values.filter((value) => !Number.isNaN(value)).map(constantJson);
      if (values.length === 0) {
        return test.negated ? exact({}) : undefined;
      }
      return exact(test.negated ? { not: { enum: values } } : { enum: values });
    }
    case "range":
      return type.kind === "integer" || type.kind === "number"
        ? rangeKeywords(test, dialect)
        : undefined;
    case "finite":
    case "notNaN":
      // Special numbers are left out where the type is made.
      return exact({});
    case "length":
      return lengthKeywords(test, type);
    case "pattern":
      return type.kind === "string" && test.of === "string"
        ? exact({
            pattern: dialect.patterns === "re2" ? test.source : ecmaPattern(test.source),
          })
        : undefined;
    case "affix":
      return type.kind === "string" && typeof test.value === "string"
        ? affixKeywords(test, test.value)
        : undefined;
    case "format":
      return formatKeywords(test.format, dialect);
    case "byteSize": {
      const lengths = test.sizes.map((size) => Math.ceil(size / 3) * 4);
      return { keywords: { maxLength: Math.max(...lengths) }, exact: false };
    }
    case "unique":
      // NaN is unlike itself, but its JSON form isn't.
      return type.kind === "list" && type.items.type.kind === "number" && dialect.exact
        ? undefined
        : exact({ uniqueItems: true });
    case "timeRange":
      return type.kind === "duration" && isNonNegative(test)
        ? { keywords: { pattern: nonNegativeDuration }, exact: isOnlyNonNegative(test) }
        : undefined;
    default:
      return undefined;
  }
}

/** The JSON form of every duration. */
export const durationPattern = "^-?[0-9]+(\\.[0-9]{1,9})?s$";
const nonNegativeDuration = "^[0-9]+(\\.[0-9]{1,9})?s$";

function exact(keywords: JsonObject): TestKeywords {
  return { keywords, exact: true };
}

function rangeKeywords(
  { lower, upper, outside }: RangeTest<number | bigint>,
  dialect: Dialect,
): TestKeywords | undefined {
  const ends = [lower?.value, upper?.value].filter((value) => value !== undefined);
  if (ends.some((value) => typeof value === "bigint" || Number.isNaN(value))) {
    return undefined;
  }
  const low = lower && limit("inimum", lower.inclusive, Number(lower.value), dialect);
  const high = upper && limit("aximum", upper.inclusive, Number(upper.value), dialect);
  return exact(outside ? { anyOf: [high ?? {}, low ?? {}] } : { ...low, ...high });
}

function limit(
  end: "inimum" | "aximum",
  inclusive: boolean,
  value: number,
  dialect: Dialect,
): JsonObject | undefined {
  if (!Number.isFinite(value)) {
    // Every number that JSON can write lies between the infinities.
    return value < 0 === (end === "inimum") ? {} : { not: {} };
  }
  const [plain, exclusive] =
    end === "inimum"
      ? (["minimum", "exclusiveMinimum"] as const)
      : (["maximum", "exclusiveMaximum"] as const);
  if (inclusive) {
    return { [plain]: value };
  }
  return dialect.base === "json-schema"
    ? { [exclusive]: value }
    : { [plain]: value, [exclusive]: true };
}

const lengthNames = {
  string: ["minLength", "maxLength"],
  list: ["minItems", "maxItems"],
  map: ["minProperties", "maxProperties"],
} as const;

function lengthKeywords(test: LengthTest, type: ValueType): TestKeywords | undefined {
  switch (test.unit) {
    case "codePoints":
      return exact(lengthLimits(lengthNames.string, test, test.length, test.length));
    case "items":
      return exact(lengthLimits(lengthNames.list, test, test.length, test.length));
    case "pairs":
      return exact(lengthLimits(lengthNames.map, test, test.length, test.length));
    case "utf8":
      // A character takes one to four bytes.
      return {
        keywords: lengthLimits(lengthNames.string, test, Math.ceil(test.length / 4), test.length),
        exact: false,
      };
    case "bytes":
      return type.kind === "bytes"
        ? {
            keywords: lengthLimits(
              lengthNames.string,
              test,
              Math.ceil((test.length * 4) / 3),
              Math.ceil(test.length / 3) * 4,
            ),
            exact: false,
          }
        : undefined;
  }
}

function lengthLimits(
  [least, most]: readonly [string, string],
  { bound }: LengthTest,
  min: number,
  max: number,
): JsonObject {
  return {
    ...(bound === "max" ? {} : { [least]: min }),
    ...(bound === "min" ? {} : { [most]: max }),
  };
}

function affixKeywords(test: AffixTest, text: string): TestKeywords {
  const literal = literalPattern(text);
  const pattern = { prefix: `^${literal}`, suffix: `${literal}$`, anywhere: literal }[test.place];
  const keywords: JsonObject = { pattern };
  return exact(test.negated ? { not: keywords } : keywords);
}

function isNonNegative({ lower, outside }: Test & { readonly kind: "timeRange" }): boolean {
  return lower !== undefined && !outside && lower.value.seconds >= 0n && lower.value.nanos >= 0;
}

/** The range is nothing but "not negative". */
function isOnlyNonNegative({ lower, upper }: Test & { readonly kind: "timeRange" }): boolean {
  return (
    upper === undefined &&
    lower?.inclusive === true &&
    lower.value.seconds === 0n &&
    lower.value.nanos === 0
  );
}
