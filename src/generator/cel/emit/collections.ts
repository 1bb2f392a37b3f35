import { code } from "../../code.ts";
import { bool, type CelType } from "../cel-type.ts";
import { box } from "./box.ts";
import type { Emitter } from "./emitter.ts";
import { equality } from "./equality.ts";
import { celHelper } from "./helpers.ts";
import { asBigint, asNumber } from "./integers.ts";
import { unbox } from "./unbox.ts";
import { anyFails, callCode, operand, plain, primary, type Value } from "./value.ts";

/** `list[index]`. */
export function indexList(emitter: Emitter, list: Value, index: Value, type: CelType): Value {
  if (index.type.kind === "dyn" || list.form.kind !== "list") {
    return boxedCall(emitter, "index", [list, index], type);
  }
  const text = callCode(celHelper("at"), [list.code, index.code]);
  return { ...list.form.element(text), fails: true };
}

/** `map[key]`. */
export function indexMap(emitter: Emitter, map: Value, key: Value, type: CelType): Value {
  if (map.form.kind !== "map" || key.type.kind === "dyn") {
    return unbox(
      callCode(celHelper("entry"), [box(emitter, map), box(emitter, key)]),
      type,
      true,
      true,
    );
  }
  const helper = map.form.container === "Map" ? "mapValue" : "property";
  const text = callCode(celHelper(helper), [map.code, map.form.toKey(key)]);
  return { ...map.form.value(text), fails: true };
}

/** `key in map`, and `has(map.key)`. */
export function isInMap(emitter: Emitter, key: Value, map: Value): Value {
  const fails = anyFails([key, map]);
  if (map.form.kind !== "map" || key.type.kind === "dyn") {
    const args = [box(emitter, map), box(emitter, key)];
    return primary(callCode(celHelper("hasEntry"), args), bool, plain, { fails });
  }
  const name = map.form.toKey(key);
  return map.form.container === "Map"
    ? primary(code`${operand(map)}.has(${name})`, bool, plain, { fails })
    : primary(code`globalThis.Object.hasOwn(${map.code}, ${name})`, bool, plain, { fails });
}

/** `value in list`. */
export function isInList(emitter: Emitter, value: Value, list: Value): Value {
  const fails = anyFails([value, list]);
  const element = list.form.kind === "list" ? list.form.element(code`e$`) : undefined;
  const direct = element && needle(value, element);
  if (direct !== undefined) {
    // `includes` would find NaN in a list that has it.
    const text =
      value.type.kind === "double"
        ? code`${operand(list)}.indexOf(${direct}) >= 0`
        : code`${operand(list)}.includes(${direct})`;
    return value.type.kind === "double"
      ? { code: text, level: 4, type: bool, form: plain, fails }
      : primary(text, bool, plain, { fails });
  }
  if (element !== undefined && isRepeatable(value) && !element.fails) {
    const test = equality(emitter, element, value, false);
    return primary(code`${operand(list)}.some((e$) => ${test.code})`, bool, plain, { fails });
  }
  const args = [box(emitter, value), box(emitter, list)];
  return primary(callCode(celHelper("isIn"), args), bool, plain, { fails });
}

/** What to look for with JavaScript's own methods, if elements and value are of such a form. */
function needle(value: Value, element: Value): ReturnType<typeof code> | undefined {
  if (element.code.length !== 1 || element.code[0] !== "e$") {
    return undefined;
  }
  const kind = value.type.kind;
  if (kind !== element.type.kind || value.form.kind === "boxed" || element.form.kind === "boxed") {
    return undefined;
  }
  switch (kind) {
    case "string":
    case "bool":
    case "double":
      return value.form.kind === "plain" && element.form.kind === "plain" ? value.code : undefined;
    case "int":
    case "uint":
      // Rounded, a value is out of the exact range still, so it is not found.
      return element.form.kind === "bigint" ? asBigint(value).code : asNumber(value);
    default:
      return undefined;
  }
}

/** Whether the code is a constant, or a variable or properties of one. */
function isRepeatable({ code: text, form }: Value): boolean {
  const [first, ...rest] = text;
  return (
    rest.length === 0 &&
    form.kind !== "message" &&
    (typeof first !== "string" || /^[\w$.]+$|^"[^"\\]*"$/.test(first))
  );
}

function boxedCall(emitter: Emitter, helper: string, args: readonly Value[], type: CelType): Value {
  const text = callCode(
    celHelper(helper),
    args.map((arg) => box(emitter, arg)),
  );
  return unbox(text, type, true, true);
}
