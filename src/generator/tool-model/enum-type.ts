import type { DescEnum } from "@bufbuild/protobuf";
import { isDeprecated } from "../model/comments.ts";
import type { Test } from "../model/rules/test.ts";
import { holds } from "./holds.ts";
import { unwrappedComment } from "./unwrap-comment.ts";
import type { EnumType, EnumValue } from "./value-type.ts";

/** An enum as documents show it. */
export function enumType(desc: DescEnum): EnumType {
  return {
    typeName: desc.typeName,
    name: desc.name,
    description: unwrappedComment(desc),
    open: desc.open,
    values: [...Map.groupBy(desc.values, ({ number }) => number).values()].flatMap(([value]) =>
      value === undefined
        ? []
        : [
            {
              name: value.name,
              number: value.number,
              description: unwrappedComment(value),
              deprecated: isDeprecated(value),
            },
          ],
    ),
  };
}

/** The values that keep the rules. */
export function allowedValues({ values }: EnumType, tests: readonly Test[]): readonly EnumValue[] {
  return values.filter(({ number }) => tests.every((test) => holds(test, number) !== false));
}

/** Numbers without a name that the rules name, or "any" if the rules let every number through. */
export function unnamedNumbers(
  { open, values }: EnumType,
  tests: readonly Test[],
): "any" | readonly number[] {
  const named = new Set(values.map(({ number }) => number));
  const listed = tests.flatMap((test) => {
    switch (test.kind) {
      case "equals":
        return [[test.value]];
      case "oneOf":
        return test.negated ? [] : [test.values];
      default:
        return [];
    }
  });
  const [candidates] = listed;
  if (!open) {
    return [];
  }
  if (candidates === undefined) {
    return "any";
  }
  return candidates
    .filter((value) => typeof value === "number")
    .filter((number) => !named.has(number) && tests.every((test) => holds(test, number) !== false));
}
