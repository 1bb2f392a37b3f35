import {
  bool,
  bytes,
  type CelType,
  double,
  duration,
  dyn,
  int,
  list,
  map,
  param,
  string,
  timestamp,
  typeOf,
  uint,
} from "../../cel-type.ts";
import { type FunctionDecl, fn, method } from "../declaration.ts";
import { operators } from "./operators.ts";

const A = param("A");
const B = param("B");

const sizes: readonly (readonly [id: string, of: CelType])[] = [
  ["size_string", string],
  ["size_bytes", bytes],
  ["size_list", list(A)],
  ["size_map", map(A, B)],
];

/** The functions that CEL's specification asks of every implementation. */
export const standardLibrary: readonly FunctionDecl[] = [
  ...operators,
  fn("size", ...sizes.map(([id, of]) => [id, [of], int] as const)),
  method("size", ...sizes.map(([id, of]) => [id, [of], int] as const)),
  fn("type", ["type", [A], typeOf(A)]),
  fn("dyn", ["to_dyn", [A], dyn]),
  fn("bool", ["bool_to_bool", [bool], bool], ["string_to_bool", [string], bool]),
  fn("bytes", ["bytes_to_bytes", [bytes], bytes], ["string_to_bytes", [string], bytes]),
  fn(
    "double",
    ["double_to_double", [double], double],
    ["int64_to_double", [int], double],
    ["string_to_double", [string], double],
    ["uint64_to_double", [uint], double],
  ),
  fn(
    "int",
    ["int64_to_int64", [int], int],
    ["double_to_int64", [double], int],
    ["duration_to_int64", [duration], int],
    ["string_to_int64", [string], int],
    ["timestamp_to_int64", [timestamp], int],
    ["uint64_to_int64", [uint], int],
  ),
  fn(
    "uint",
    ["uint64_to_uint64", [uint], uint],
    ["double_to_uint64", [double], uint],
    ["int64_to_uint64", [int], uint],
    ["string_to_uint64", [string], uint],
  ),
  fn(
    "string",
    ["string_to_string", [string], string],
    ["bool_to_string", [bool], string],
    ["bytes_to_string", [bytes], string],
    ["double_to_string", [double], string],
    ["duration_to_string", [duration], string],
    ["int64_to_string", [int], string],
    ["timestamp_to_string", [timestamp], string],
    ["uint64_to_string", [uint], string],
  ),
  fn(
    "duration",
    ["duration_to_duration", [duration], duration],
    ["int64_to_duration", [int], duration],
    ["string_to_duration", [string], duration],
  ),
  fn(
    "timestamp",
    ["timestamp_to_timestamp", [timestamp], timestamp],
    ["int64_to_timestamp", [int], timestamp],
    ["string_to_timestamp", [string], timestamp],
  ),
  method("contains", ["contains_string", [string, string], bool]),
  method("startsWith", ["starts_with_string", [string, string], bool]),
  method("endsWith", ["ends_with_string", [string, string], bool]),
  fn("matches", ["matches", [string, string], bool]),
  method("matches", ["matches_string", [string, string], bool]),
  getter("getFullYear", "year"),
  getter("getMonth", "month"),
  getter("getDayOfYear", "day_of_year"),
  getter("getDayOfMonth", "day_of_month"),
  getter("getDate", "day_of_month_1_based"),
  getter("getDayOfWeek", "day_of_week"),
  ...(["Hours", "Minutes", "Seconds", "Milliseconds"] as const).flatMap((part) => [
    getter(`get${part}`, part.toLowerCase()),
    method(`get${part}`, [`duration_to_${part.toLowerCase()}`, [duration], int]),
  ]),
];

function getter(name: string, part: string): FunctionDecl {
  return method(
    name,
    [`timestamp_to_${part}`, [timestamp], int],
    [`timestamp_to_${part}_with_tz`, [timestamp, string], int],
  );
}
