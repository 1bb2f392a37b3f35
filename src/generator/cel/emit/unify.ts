import type { Code } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import type { Emitter } from "./emitter.ts";
import { asBigint, bigintForm } from "./integers.ts";
import { hull, type Range } from "./range.ts";
import { unbox } from "./unbox.ts";
import { boxed, type Form, primary, type Value } from "./value.ts";

/** Several expressions of the same type in the same form. */
export interface Unified {
  readonly codes: readonly Value[];
  /** The value of code that is one of them. */
  value(text: Code): Value;
}

/** Brings values of the same type, of which any may be taken, into the same form. */
export function unify(emitter: Emitter, values: readonly Value[], type: CelType): Unified {
  const [first] = values;
  if (first !== undefined && values.every(({ form }) => sameKind(form, first.form))) {
    const form = withoutPath(first.form);
    return { codes: values, value: (text) => primary(text, type, form, commonRange(values)) };
  }
  if (values.every(({ form }) => form.kind === "number" || form.kind === "bigint")) {
    return {
      codes: values.map(asBigint),
      value: (text) => primary(text, type, bigintForm, commonRange(values)),
    };
  }
  return {
    codes: values.map((value) => ({ ...value, code: box(emitter, value), level: 0, form: boxed })),
    value: (text) => unbox(text, type, false, true),
  };
}

/** The values that any of the integers may have. */
function commonRange(values: readonly Value[]): { readonly range?: Range } {
  const ends = values.flatMap(({ range }) => (range === undefined ? [] : [range.min, range.max]));
  return ends.length === 2 * values.length ? { range: hull(ends) } : {};
}

function sameKind(a: Form, b: Form): boolean {
  switch (a.kind) {
    case "list":
    case "map":
      return b.kind === a.kind && b.name === a.name;
    case "message":
      return b.kind === "message" && b.shape === a.shape;
    case "nullable":
      return b.kind === "nullable" && sameKind(a.of, b.of);
    case "constant":
      return false;
    default:
      return a.kind === b.kind;
  }
}

function withoutPath(form: Form): Form {
  return form.kind === "message" ? { ...form, path: undefined } : form;
}
