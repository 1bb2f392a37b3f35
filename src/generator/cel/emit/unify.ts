import type { Code } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import type { Emitter } from "./emitter.ts";
import { asBigint } from "./integers.ts";
import { unbox } from "./unbox.ts";
import { boxed, type Form, type Value } from "./value.ts";

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
    return {
      codes: values,
      value: (text) => ({ code: text, level: 0, type, form, fails: false }),
    };
  }
  if (values.every(({ form }) => form.kind === "number" || form.kind === "bigint")) {
    return {
      codes: values.map(asBigint),
      value: (text) => ({ code: text, level: 0, type, form: { kind: "bigint" }, fails: false }),
    };
  }
  return {
    codes: values.map((value) => ({ ...value, code: box(emitter, value), level: 0, form: boxed })),
    value: (text) => unbox(text, type, false, true),
  };
}

function sameKind(a: Form, b: Form): boolean {
  switch (a.kind) {
    case "list":
    case "map":
      return b.kind === a.kind && b.name === a.name && !a.name.startsWith("boxed");
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
