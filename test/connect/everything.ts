import type { Init } from "botwire";
import type { Everything } from "./generated/types/wire/v1/wire.ts";

/** Values that are easily lost on the way. */
export const everything: Init<Everything> = {
  text: '日本語 \u0000 \ud83e\udd16 "quoted" \\ \u2028',
  data: new Uint8Array([0, 1, 127, 128, 255]),
  flag: true,
  int32: -2_147_483_648,
  int64: -9_223_372_036_854_775_808n,
  uint64: 18_446_744_073_709_551_615n,
  double: 5e-324,
  float: 0.5,
  shade: 2,
  child: { text: "child", child: { int64: 9_007_199_254_740_993n } },
  texts: ["", "a", "b"],
  children: [{}, { flag: true }],
  byName: { "": "empty", __proto__x: "x", constructor: "c", "a.b[0]": "path" },
  byNumber: new Map([
    [-1n, { text: "minus one" }],
    [9_223_372_036_854_775_807n, {}],
  ]),
  byFlag: new Map([
    [true, new Uint8Array([1])],
    [false, new Uint8Array()],
  ]),
  choice: { $case: "number", value: 9_007_199_254_740_993n },
  maybe: "",
  at: { seconds: 1_771_286_400n, nanos: 123_456_789 },
  lasting: { seconds: -1n, nanos: -500_000_000 },
  class: "text",
};
