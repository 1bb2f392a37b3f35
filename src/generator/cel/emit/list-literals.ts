import { code, join } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import { constantList } from "./constant-message.ts";
import { listOf } from "./containers.ts";
import type { Emitter } from "./emitter.ts";
import { celHelper } from "./helpers.ts";
import { unbox } from "./unbox.ts";
import { unify } from "./unify.ts";
import { anyFails, boxed, callCode, type Form, operand, primary, type Value } from "./value.ts";

/** `[a, b]`. */
export function emitList(emitter: Emitter, elements: readonly Value[], type: CelType): Value {
  const element: CelType = type.kind === "list" ? type.element : { kind: "dyn" };
  const scalar = element.kind !== "dyn" && elements.every(({ constant }) => isScalar(constant));
  if (scalar && elements.length > 0) {
    return constantList(element, elements);
  }
  if (elements.length === 0) {
    return primary(
      code`[]`,
      type,
      listOf((text) => unbox(text, element, false, true)),
    );
  }
  const fails = anyFails(elements);
  if (element.kind === "dyn") {
    const codes = elements.map((value) => box(emitter, value));
    return primary(code`[${join(codes, ", ")}]`, type, dynamicList(element), { fails });
  }
  const { codes, value } = unify(emitter, elements, element);
  const form = listOf(value);
  const items = codes.map((item) => operand(item, 8));
  return primary(code`[${join(items, ", ")}]`, type, form, { fails });
}

function dynamicList(element: CelType): Form {
  return listOf((text) => primary(text, element, boxed));
}

function isScalar(constant: Value["constant"]): boolean {
  return constant !== undefined && constant !== null && !(constant instanceof Uint8Array);
}

/** `{a: b}`. Keys and values are boxed: two keys may be the same whatever their types. */
export function emitMap(
  emitter: Emitter,
  entries: readonly (readonly [Value, Value])[],
  type: CelType,
): Value {
  const pairs = entries.map(([key, value]) => code`[${box(emitter, key)}, ${box(emitter, value)}]`);
  const keys = entries.map(([key]) => key.constant);
  const distinct =
    keys.every((key) => isScalar(key)) && new Set(keys.map(String)).size === keys.length;
  const fails = !distinct || anyFails(entries.flat());
  return primary(callCode(celHelper("boxMap"), [code`[${join(pairs, ", ")}]`]), type, boxed, {
    fails,
  });
}
