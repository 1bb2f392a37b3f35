import { parseNumber } from "../../codec/parse-number.ts";
import { scalar } from "../scalar.ts";
import type { ValueType } from "../value-type.ts";
import { take, view } from "../wire-reader.ts";
import { putFixed } from "../wire-writer.ts";

const isNumber = (value: unknown) => typeof value === "number";

function real(
  name: string,
  wire: number,
  accepts: (value: unknown) => boolean,
  decode: () => number,
  encode: (value: number) => void,
): ValueType<number> {
  return scalar(
    name,
    wire,
    0,
    accepts,
    decode,
    encode,
    (json) => {
      // A number that is too large has become infinite, and is refused.
      const isText = typeof json === "string";
      const number = isText ? parseNumber(json) : json;
      return Number.isFinite(number) || (isText && String(number) === json) ? number : undefined;
    },
    (value) => (Number.isFinite(value) ? value : String(value)),
    // Unlike zero, minus zero is written.
    (value) => Object.is(value, 0),
  );
}

/** Values of `double`. */
export const double: ValueType<number> = /* @__PURE__ */ real(
  "number",
  1,
  isNumber,
  () => view.getFloat64(take(8), true),
  (value) => putFixed(8, (view, at) => view.setFloat64(at, value, true)),
);

/** Values of `float`. They aren't rounded, but have to be in its range. */
export const float: ValueType<number> = /* @__PURE__ */ real(
  "number in the range of float",
  5,
  (value) =>
    isNumber(value) && (!Number.isFinite(value) || Number.isFinite(Math.fround(Number(value)))),
  () => view.getFloat32(take(4), true),
  (value) => putFixed(4, (view, at) => view.setFloat32(at, value, true)),
);
