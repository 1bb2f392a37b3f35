import {
  bool,
  bytes,
  double,
  duration,
  int,
  list,
  map,
  param,
  string,
  timestamp,
  uint,
} from "../../cel-type.ts";
import { type FunctionDecl, fn } from "../declaration.ts";

const A = param("A");
const B = param("B");

/** CEL's operators, by the names that the parser gives them. */
export const operators: readonly FunctionDecl[] = [
  fn("_?_:_", ["conditional", [bool, A, A], A]),
  fn("_&&_", ["logical_and", [bool, bool], bool]),
  fn("_||_", ["logical_or", [bool, bool], bool]),
  fn("!_", ["logical_not", [bool], bool]),
  fn("_==_", ["equals", [A, A], bool]),
  fn("_!=_", ["not_equals", [A, A], bool]),
  comparison("_<_", "less"),
  comparison("_<=_", "less_equals"),
  comparison("_>_", "greater"),
  comparison("_>=_", "greater_equals"),
  fn(
    "_+_",
    ["add_bytes", [bytes, bytes], bytes],
    ["add_double", [double, double], double],
    ["add_duration_duration", [duration, duration], duration],
    ["add_duration_timestamp", [duration, timestamp], timestamp],
    ["add_timestamp_duration", [timestamp, duration], timestamp],
    ["add_int64", [int, int], int],
    ["add_list", [list(A), list(A)], list(A)],
    ["add_string", [string, string], string],
    ["add_uint64", [uint, uint], uint],
  ),
  fn(
    "_-_",
    ["subtract_double", [double, double], double],
    ["subtract_duration_duration", [duration, duration], duration],
    ["subtract_int64", [int, int], int],
    ["subtract_timestamp_duration", [timestamp, duration], timestamp],
    ["subtract_timestamp_timestamp", [timestamp, timestamp], duration],
    ["subtract_uint64", [uint, uint], uint],
  ),
  fn(
    "_*_",
    ["multiply_double", [double, double], double],
    ["multiply_int64", [int, int], int],
    ["multiply_uint64", [uint, uint], uint],
  ),
  fn(
    "_/_",
    ["divide_double", [double, double], double],
    ["divide_int64", [int, int], int],
    ["divide_uint64", [uint, uint], uint],
  ),
  fn("_%_", ["modulo_int64", [int, int], int], ["modulo_uint64", [uint, uint], uint]),
  fn("-_", ["negate_double", [double], double], ["negate_int64", [int], int]),
  fn("_[_]", ["index_list", [list(A), int], A], ["index_map", [map(A, B), A], B]),
  fn("@in", ["in_list", [A, list(A)], bool], ["in_map", [A, map(A, B)], bool]),
];

function comparison(name: string, id: string): FunctionDecl {
  return fn(
    name,
    [`${id}_bool`, [bool, bool], bool],
    [`${id}_int64`, [int, int], bool],
    [`${id}_int64_double`, [int, double], bool],
    [`${id}_int64_uint64`, [int, uint], bool],
    [`${id}_uint64`, [uint, uint], bool],
    [`${id}_uint64_double`, [uint, double], bool],
    [`${id}_uint64_int64`, [uint, int], bool],
    [`${id}_double`, [double, double], bool],
    [`${id}_double_int64`, [double, int], bool],
    [`${id}_double_uint64`, [double, uint], bool],
    [`${id}_string`, [string, string], bool],
    [`${id}_bytes`, [bytes, bytes], bool],
    [`${id}_timestamp`, [timestamp, timestamp], bool],
    [`${id}_duration`, [duration, duration], bool],
  );
}
