import { code } from "../../code.ts";
import { lowerPattern } from "../../regex/lower-pattern.ts";
import { patternTest } from "../../regex/pattern-code.ts";
import { bool } from "../cel-type.ts";
import { box } from "./box.ts";
import { listOf } from "./containers.ts";
import { unsupported } from "./emitter.ts";
import { type FunctionPrinter, helperCall, methodCall } from "./function-kit.ts";
import { celHelper, validateHelper } from "./helpers.ts";
import type { Range } from "./range.ts";
import { anyFails, callCode, Level, operand, plain, primary, type Value } from "./value.ts";

const indexRange: Range = { min: -1n, max: 2n ** 32n };
const index = { fails: true, range: indexRange, integers: "number" } as const;
const text = { fails: true, integers: "number" } as const;
const format = { from: "validate", integers: "either" } as const;

/** Functions of strings and bytes. */
export const textFunctions: Readonly<Record<string, FunctionPrinter>> = {
  contains_string: methodCall("includes"),
  starts_with_string: methodCall("startsWith"),
  ends_with_string: methodCall("endsWith"),
  contains_bytes: helperCall("includesBytes", format),
  starts_with_bytes: helperCall("startsWithBytes", format),
  ends_with_bytes: helperCall("endsWithBytes", format),
  matches: matches,
  matches_string: matches,
  string_char_at_int: helperCall("charAt", text),
  string_index_of_string: helperCall("indexOf", { range: indexRange }),
  string_index_of_string_int: helperCall("indexOf", index),
  string_last_index_of_string: helperCall("lastIndexOf", { range: indexRange }),
  string_last_index_of_string_int: helperCall("lastIndexOf", index),
  string_lower_ascii: helperCall("lowerAscii"),
  string_upper_ascii: helperCall("upperAscii"),
  string_replace_string_string: helperCall("replace"),
  string_replace_string_string_int: helperCall("replace", { integers: "number" }),
  string_split_string: texts("split"),
  string_split_string_int: texts("split", { integers: "number" }),
  string_substring_int: helperCall("substring", text),
  string_substring_int_int: helperCall("substring", text),
  string_trim: helperCall("trim"),
  string_reverse: helperCall("reverse"),
  strings_quote: helperCall("quote"),
  list_join: (args, type) => join(args, type),
  list_join_string: (args, type) => join(args, type),
  string_format: ([template, args], type, emitter) => {
    const codes = template && args ? [template.code, box(emitter, args)] : [];
    return primary(callCode(celHelper("format"), codes), type, plain, { fails: true });
  },
  is_nan: helperCallOfDouble("isNaN"),
  is_inf: ([value], type) =>
    primary(callCode(celHelper("isInf"), [value?.code ?? []]), type, plain, {
      fails: value?.fails === true,
    }),
  is_inf_sign: helperCall("isInf", { integers: "number" }),
  is_hostname: helperCall("isHostname", format),
  is_email: helperCall("isEmail", format),
  is_ip: helperCall("isIp", format),
  is_ip_version: helperCall("isIp", format),
  is_ip_prefix: helperCall("isIpPrefix", format),
  is_ip_prefix_version: helperCall("isIpPrefix", format),
  is_ip_prefix_version_strict: helperCall("isIpPrefix", format),
  is_ip_prefix_strict: ([value, strict], type) =>
    primary(
      callCode(validateHelper("isIpPrefix"), [
        value?.code ?? [],
        code`undefined`,
        strict?.code ?? [],
      ]),
      type,
      plain,
      { fails: value?.fails === true || strict?.fails === true },
    ),
  is_uri: helperCall("isUri", format),
  is_uri_ref: helperCall("isUriRef", format),
  is_host_and_port: helperCall("isHostAndPort", format),
  ...Object.fromEntries(
    ["bool", "int", "uint", "string"].map((type) => [`unique_${type}`, unique("isUnique")]),
  ),
  unique_double: unique("isUniqueNumbers"),
  unique_bytes: unique("isUniqueBytes"),
};

/** A pattern that is a literal is lowered now; another one needs the RE2 library. */
function matches([subject, pattern]: readonly Value[]): Value {
  if (subject === undefined || pattern === undefined) {
    throw new Error("matches takes a string and a pattern");
  }
  if (typeof pattern.constant !== "string") {
    const args = [subject.code, pattern.code];
    const library = { kind: "import", name: "matches", from: "botwire/re2" } as const;
    return primary(callCode(code`${library}`, args), bool, plain, { fails: true });
  }
  const lowered = lowerPattern(pattern.constant);
  if (lowered.kind === "error") {
    const place = `at its character ${lowered.position + 1}`;
    return unsupported(`the pattern is not valid in RE2: ${lowered.message}, ${place}`);
  }
  const { fails } = subject;
  if (lowered.kind !== "absence" || subject.code.length === 1) {
    const test = patternTest(lowered, operand(subject));
    const level = lowered.kind === "literal" && lowered.place === "whole" ? Level.equality : 0;
    return { code: test, level, type: bool, form: plain, fails };
  }
  // The test would evaluate the string twice.
  const test = code`((s$) => ${patternTest(lowered, code`s$`)})(${subject.code})`;
  return primary(test, bool, plain, { fails });
}

function join([list, separator]: readonly Value[], type: Value["type"]): Value {
  const texts = list?.form.kind === "list" ? list.form.element(code`e$`) : undefined;
  if (list === undefined || texts === undefined) {
    return unsupported("join needs a list of strings");
  }
  const [only] = texts.code;
  const strings = only === "e$" ? operand(list) : code`${operand(list)}.map((e$) => ${texts.code})`;
  const args = anyFails([list, texts]) || separator?.fails === true;
  return primary(code`${strings}.join(${separator?.code ?? code`""`})`, type, plain, {
    fails: args,
  });
}

function texts(name: string, options: Parameters<typeof helperCall>[1] = {}): FunctionPrinter {
  const print = helperCall(name, options);
  return (args, type, emitter) => ({
    ...print(args, type, emitter),
    form: listOf((element) => primary(element, type.kind === "list" ? type.element : type, plain)),
  });
}

function helperCallOfDouble(name: string): FunctionPrinter {
  return ([value], type) =>
    primary(code`globalThis.Number.${name}(${value?.code ?? []})`, type, plain, {
      fails: value?.fails === true,
    });
}

function unique(helper: string): FunctionPrinter {
  return ([list], type) => {
    const element = list?.form.kind === "list" ? list.form.element(code`e$`) : undefined;
    if (list === undefined || element === undefined) {
      return unsupported("unique needs a list");
    }
    const isSame = element.code.length === 1 && element.code[0] === "e$";
    const items = isSame ? list.code : code`${operand(list)}.map((e$) => ${element.code})`;
    return primary(callCode(validateHelper(helper), [items]), type, plain, {
      fails: list.fails || element.fails,
    });
  };
}
