import type { Random } from "../regex/random-pattern.ts";

/** A type of which random expressions are made. */
export type RandomType =
  | "bool"
  | "int"
  | "uint"
  | "double"
  | "string"
  | "bytes"
  | "timestamp"
  | "duration"
  | "list(int)"
  | "list(string)"
  | "map";

type Make = (random: Random, depth: number) => string;

const literals: Readonly<Record<RandomType, readonly [string, ...string[]]>> = {
  bool: [
    "true",
    "false",
    "this.single_bool",
    "has(this.single_nested_message)",
    "has(this.single_int32)",
  ],
  int: [
    "0",
    "1",
    "-1",
    "7",
    "9223372036854775807",
    "-9223372036854775808",
    "2147483648",
    "this.single_int32",
    "this.single_int64",
    "this.single_sint32",
    "this.standalone_enum",
    "this.single_nested_message.bb",
    "this.standalone_message.bb",
  ],
  uint: ["0u", "1u", "7u", "18446744073709551615u", "this.single_uint32", "this.single_uint64"],
  double: ["0.0", "1.5", "-2.0", "1e300", "this.single_double", "this.single_float"],
  string: ["''", "'a'", "'ab'", "'é😀'", "'-12'", "this.single_string", "this.optional_string"],
  bytes: ["b''", "b'a'", "b'\\xff\\x00'", "this.single_bytes"],
  timestamp: [
    "timestamp('2026-11-22T06:09:34Z')",
    "timestamp('1969-12-31T23:59:59.5Z')",
    "this.single_timestamp",
    "now",
  ],
  duration: ["duration('90s')", "duration('-1.5h')", "duration('0')", "this.single_duration"],
  "list(int)": [
    "[0].filter(z, z > 0)",
    "[1, 2, 3]",
    "this.repeated_int32",
    "this.repeated_int64",
    "[this.single_int32, 7]",
  ],
  "list(string)": [
    "['a', 'b']",
    "this.repeated_string",
    "[this.single_string]",
    "'a-b-'.split('-')",
  ],
  map: ["{'a': 1}", "this.map_string_int64", "{this.single_string: this.single_int64}"],
};

const makers: Readonly<Record<RandomType, readonly [Make, ...Make[]]>> = {
  bool: [
    (r, d) => `(${make(r, "bool", d)} ${r.pick(["&&", "||"])} ${make(r, "bool", d)})`,
    (r, d) => `!(${make(r, "bool", d)})`,
    comparison("int"),
    comparison("uint"),
    comparison("double"),
    comparison("string"),
    comparison("bytes"),
    comparison("timestamp"),
    comparison("duration"),
    (r, d) => equality(r, d, r.pick(["list(int)", "list(string)", "map", "bool"])),
    (r, d) => `(${make(r, "int", d)} in ${make(r, "list(int)", d)})`,
    (r, d) => `(${make(r, "string", d)} in ${make(r, r.pick(["list(string)", "map"]), d)})`,
    (r, d) =>
      `${make(r, "string", d)}.${r.pick(["contains", "startsWith", "endsWith"])}(${make(r, "string", d)})`,
    (r, d) =>
      `${make(r, "string", d)}.matches(${r.pick(["'^a+$'", "'[0-9]'", "'^.{1,2}$'", "'b|é'"])})`,
    (r, d) =>
      `${make(r, "list(int)", d)}.${r.pick(["all", "exists", "exists_one"])}(x, x ${r.pick(["<", "==", ">="])} ${make(r, "int", d)})`,
    (r, d) =>
      `${make(r, "list(string)", d)}.${r.pick(["all", "exists"])}(s, int(s) > ${make(r, "int", d)})`,
    (r, d) =>
      `${make(r, "map", d)}.${r.pick(["all", "exists"])}(k, size(k) ${r.pick(["<", ">"])} 1)`,
    (r) =>
      `(${r.pick(["this.single_int64_wrapper", "this.single_string_wrapper", "this.single_bool_wrapper"])} ${r.pick(["==", "!="])} null)`,
    (r, d) =>
      `(${r.pick(["this.single_int64_wrapper", "this.single_int32_wrapper"])} == ${make(r, "int", d)})`,
    (r, d) => `(dyn(${any(r, d)}) ${r.pick(["==", "!="])} dyn(${any(r, d)}))`,
    (r, d) => `(this.single_nested_message == this.standalone_message || ${make(r, "bool", d)})`,
  ],
  int: [
    (r, d) => `(${make(r, "int", d)} ${r.pick(["+", "-", "*", "/", "%"])} ${make(r, "int", d)})`,
    (r, d) => `-(${make(r, "int", d)})`,
    (r, d) => `size(${make(r, r.pick(["string", "bytes", "list(int)", "map"]), d)})`,
    (r, d) => `int(${make(r, r.pick(["uint", "double", "string", "timestamp"]), d)})`,
    (r, d) => `${make(r, "list(int)", d)}[${r.pick(["0", "1", "9"])}]`,
    (r, d) => `${make(r, "map", d)}[${make(r, "string", d)}]`,
    (r, d) =>
      `${make(r, "timestamp", d)}.${r.pick(["getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek", "getHours", "getMinutes", "getSeconds", "getMilliseconds"])}(${r.pick(["'UTC'", "'+05:30'", "'-08:00'", "'America/New_York'"])})`,
    (r, d) => `${make(r, "duration", d)}.${r.pick(["getHours", "getMinutes", "getSeconds"])}()`,
    choice("int"),
  ],
  uint: [
    (r, d) => `(${make(r, "uint", d)} ${r.pick(["+", "-", "*", "/", "%"])} ${make(r, "uint", d)})`,
    (r, d) => `uint(${make(r, r.pick(["int", "double"]), d)})`,
    choice("uint"),
  ],
  double: [
    (r, d) => `(${make(r, "double", d)} ${r.pick(["+", "-", "*", "/"])} ${make(r, "double", d)})`,
    (r, d) => `-(${make(r, "double", d)})`,
    (r, d) => `double(${make(r, r.pick(["int", "uint"]), d)})`,
    choice("double"),
  ],
  string: [
    (r, d) => `(${make(r, "string", d)} + ${make(r, "string", d)})`,
    (r, d) => `string(${make(r, r.pick(["int", "uint", "bool", "bytes"]), d)})`,
    (r, d) => `${make(r, "list(string)", d)}[${r.pick(["0", "1"])}]`,
    (r, d) => `${make(r, "list(string)", d)}.join(${r.pick(["", "','"])})`,
    (r, d) => `'%s|%d'.format([${any(r, d)}, ${make(r, r.pick(["int", "uint"]), d)}])`,
    choice("string"),
  ],
  bytes: [
    (r, d) => `bytes(${make(r, "string", d)})`,
    (r, d) => `(${make(r, "bytes", d)} + ${make(r, "bytes", d)})`,
    choice("bytes"),
  ],
  timestamp: [
    (r, d) => `(${make(r, "timestamp", d)} ${r.pick(["+", "-"])} ${make(r, "duration", d)})`,
    choice("timestamp"),
  ],
  duration: [
    (r, d) => `(${make(r, "duration", d)} ${r.pick(["+", "-"])} ${make(r, "duration", d)})`,
    choice("duration"),
  ],
  "list(int)": [
    (r, d) => `(${make(r, "list(int)", d)} + ${make(r, "list(int)", d)})`,
    (r, d) => `${make(r, "list(int)", d)}.map(x, x ${r.pick(["+", "*"])} ${make(r, "int", d)})`,
    (r, d) => `${make(r, "list(int)", d)}.filter(x, x ${r.pick(["<", ">"])} ${make(r, "int", d)})`,
    (r, d) => `${make(r, "list(string)", d)}.map(s, size(s))`,
    choice("list(int)"),
  ],
  "list(string)": [
    (r, d) => `(${make(r, "list(string)", d)} + ${make(r, "list(string)", d)})`,
    (r, d) => `${make(r, "list(int)", d)}.map(x, string(x))`,
    (r, d) =>
      `${make(r, "list(string)", d)}.filter(s, s ${r.pick(["<", "!="])} ${make(r, "string", d)})`,
    choice("list(string)"),
  ],
  map: [(r, d) => `{${make(r, "string", d)}: ${make(r, "int", d)}}`, choice("map")],
};

/** A random expression over `this`, a TestAllTypes of CEL's proto3 tests, and `now`. */
export function make(random: Random, type: RandomType, depth: number): string {
  return depth <= 0 || random.below(4) === 0
    ? random.pick(literals[type])
    : random.pick(makers[type])(random, depth - 1);
}

function any(random: Random, depth: number): string {
  return make(random, random.pick(["bool", "int", "uint", "string", "list(int)", "map"]), depth);
}

function choice(type: RandomType): Make {
  return (r, d) => `(${make(r, "bool", d)} ? ${make(r, type, d)} : ${make(r, type, d)})`;
}

function comparison(type: RandomType): Make {
  return (r, d) =>
    `(${make(r, type, d)} ${r.pick(["==", "!=", "<", "<=", ">", ">="])} ${make(r, type, d)})`;
}

function equality(random: Random, depth: number, type: RandomType): string {
  return `(${make(random, type, depth)} ${random.pick(["==", "!="])} ${make(random, type, depth)})`;
}
