import type { Random } from "../../regex/random-pattern.ts";
import { expressionsFor } from "./random-cel.ts";
import type { FieldType } from "./random-rules.ts";

/** A field, as far as expressions about it depend on it. Messages that hold an Any are like one. */
export type FieldForm =
  | { readonly kind: "single"; readonly name: string; readonly type: FieldType }
  | { readonly kind: "list"; readonly name: string; readonly type: FieldType }
  | {
      readonly kind: "map";
      readonly name: string;
      readonly type: FieldType;
      readonly key: FieldType;
    };

/** An expression about a message with the given fields. */
export function randomMessageCel(
  random: Random,
  forms: readonly [FieldForm, ...FieldForm[]],
): string {
  const form = random.pick(forms);
  const other = forms.find((other) => other !== form && isSame(form, other));
  if (other !== undefined && random.below(2) === 0) {
    return `this.${form.name} == this.${other.name}`;
  }
  const first = aboutField(random, form);
  const second = random.below(2) === 0 ? aboutField(random, random.pick(forms)) : undefined;
  return second === undefined || isText(first) || isText(second)
    ? first
    : `(${first}) ${random.pick(["&&", "||", "=="])} (${second})`;
}

/** Whether the fields can be compared: no value of type Any can, nor what holds one. */
function isSame(form: FieldForm, other: FieldForm): boolean {
  return (
    form.type.kind !== "Any" &&
    JSON.stringify({ ...form, name: "" }) === JSON.stringify({ ...other, name: "" })
  );
}

function aboutField(random: Random, form: FieldForm): string {
  const field = `this.${form.name}`;
  if (random.below(5) === 0) {
    return `has(${field})`;
  }
  switch (form.kind) {
    case "single": {
      const guarded = random.below(form.type.kind === "wrapper" ? 4 : 2) > 0;
      const text = aboutValue(random, form.type, field);
      return guarded && !isText(text) ? `!has(${field}) || (${text})` : text;
    }
    case "list":
      return aboutParts(random, field, "x", form.type, "x");
    case "map":
      return random.below(2) === 0
        ? aboutParts(random, field, "k", form.key, "k")
        : aboutParts(random, field, "k", form.type, `${field}[k]`);
  }
}

function aboutParts(
  random: Random,
  field: string,
  variable: string,
  type: FieldType,
  value: string,
): string {
  const condition = aboutValue(random, type, value);
  if (isText(condition)) {
    return `${field}.size() < 3`;
  }
  const inner = `${variable}, ${condition}`;
  return random.pick([
    `${field}.all(${inner})`,
    `${field}.exists(${inner})`,
    `${field}.exists_one(${inner})`,
    `${field}.filter(${inner}).size() < 2`,
    `${field}.map(${inner}).exists(y, y)`,
  ]);
}

function aboutValue(random: Random, type: FieldType, value: string): string {
  const unwrapped: FieldType =
    type.kind === "wrapper" ? { kind: "scalar", scalar: type.scalar } : type;
  const expressions = expressionsFor(unwrapped);
  if (expressions === undefined) {
    // Not equality: @bufbuild/cel 0.6.1 takes a message for equal to itself even with NaN in it.
    return type.kind === "Any" ? "true" : `[${value}].size() == 1`;
  }
  return random.pick(expressions).replace(/\bthis\b/g, value);
}

/** Whether an expression gives the message of the violation. */
function isText(expression: string): boolean {
  return expression.includes("?");
}
