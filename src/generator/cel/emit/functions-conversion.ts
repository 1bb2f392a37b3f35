import { code } from "../../code.ts";
import { type FunctionPrinter, helperCall, identity } from "./function-kit.ts";
import { celHelper } from "./helpers.ts";
import { asBigint, asNumber, bigintForm, rangeOf } from "./integers.ts";
import { int64Range, isWithin, uint64Range } from "./range.ts";
import { size } from "./sizes.ts";
import { callCode, Level, plain, primary, type Value } from "./value.ts";

/** Conversions between types, and `size`. */
export const conversionFunctions: Readonly<Record<string, FunctionPrinter>> = {
  size_string: one(size),
  size_bytes: one(size),
  size_list: one(size),
  size_map: one(size),
  bool_to_bool: identity,
  string_to_bool: helperCall("boolOfText", { fails: true }),
  bytes_to_bytes: identity,
  string_to_bytes: helperCall("bytesOfText"),
  double_to_double: identity,
  int64_to_double: one(toDouble),
  uint64_to_double: one(toDouble),
  string_to_double: helperCall("doubleOfText", { fails: true }),
  int64_to_int64: identity,
  uint64_to_int64: integer("checkInt", int64Range),
  double_to_int64: helperCall("intOfDouble", { fails: true }),
  string_to_int64: helperCall("intOfText", { fails: true }),
  duration_to_int64: helperCall("secondsOf"),
  timestamp_to_int64: helperCall("secondsOf"),
  uint64_to_uint64: identity,
  int64_to_uint64: integer("checkUint", uint64Range),
  double_to_uint64: helperCall("uintOfDouble", { fails: true }),
  string_to_uint64: helperCall("uintOfText", { fails: true }),
  string_to_string: identity,
  bool_to_string: toText,
  int64_to_string: toText,
  uint64_to_string: toText,
  double_to_string: toText,
  bytes_to_string: helperCall("textOfBytes", { fails: true }),
  timestamp_to_string: helperCall("textOfTimestamp", { fails: true }),
  duration_to_string: helperCall("textOfDuration", { fails: true }),
};

function one(print: (value: Value, type: Value["type"]) => Value): FunctionPrinter {
  return ([value], type) => {
    if (value === undefined) {
      throw new Error("a conversion has no argument");
    }
    return print(value, type);
  };
}

function toDouble(value: Value, type: Value["type"]): Value {
  const { constant: _, range: __, ...rest } = value;
  return value.form.kind === "number"
    ? { ...rest, type, form: plain }
    : { ...rest, code: asNumber(value), level: Level.primary, type, form: plain };
}

/** `int(uint)` and `uint(int)`: nothing to do if the value is in range anyway. */
function integer(helper: string, range: typeof int64Range): FunctionPrinter {
  return one((value, type) => {
    if (isWithin(rangeOf(value), range)) {
      return { ...value, type, range: rangeOf(value) };
    }
    const text = callCode(celHelper(helper), [asBigint(value).code]);
    return primary(text, type, bigintForm, { fails: true });
  });
}

function toText([value]: readonly Value[], type: Value["type"]): Value {
  const text = value === undefined ? code`""` : code`globalThis.String(${value.code})`;
  return primary(text, type, plain, { fails: value?.fails === true });
}
