import { bool, type CelType, double, dyn, int, list, uint } from "../../cel-type.ts";
import { type FunctionDecl, fn } from "../declaration.ts";

const numbers = [int, uint, double];

/**
 * The math extension: https://pkg.go.dev/github.com/google/cel-go/ext#Math.
 * Rules don't have it; protovalidate doesn't offer it.
 */
export const mathLibrary: readonly FunctionDecl[] = [
  extreme("math.greatest", "max"),
  extreme("math.least", "min"),
  ...["ceil", "floor", "round", "trunc"].map((name) =>
    fn(`math.${name}`, [`math_${name}_double`, [double], double]),
  ),
  ...["isInf", "isNaN", "isFinite"].map((name) =>
    fn(`math.${name}`, [`math_${name}_double`, [double], bool]),
  ),
  ...["abs", "sign"].map((name) =>
    fn(
      `math.${name}`,
      ...numbers.map((type) => [`math_${name}_${type.kind}`, [type], type] as const),
    ),
  ),
  fn("math.sqrt", ...numbers.map((type) => [`math_sqrt_${type.kind}`, [type], double] as const)),
  ...["bitAnd", "bitOr", "bitXor"].map((name) =>
    fn(
      `math.${name}`,
      ...[int, uint].map(
        (type) => [`math_${name}_${type.kind}_${type.kind}`, [type, type], type] as const,
      ),
    ),
  ),
  fn(
    "math.bitNot",
    ...[int, uint].map((type) => [`math_bitNot_${type.kind}`, [type], type] as const),
  ),
  ...["bitShiftLeft", "bitShiftRight"].map((name) =>
    fn(
      `math.${name}`,
      ...[int, uint].map((type) => [`math_${name}_${type.kind}_int`, [type, int], type] as const),
    ),
  ),
];

/** The checker makes a list of more than two arguments. */
function extreme(name: string, id: string): FunctionDecl {
  const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b] as const));
  return fn(
    name,
    ...numbers.map((type) => [`math_${id}_${type.kind}`, [type], type] as const),
    ...pairs.map(([a, b]): readonly [string, readonly CelType[], CelType] => [
      `math_${id}_${a.kind}_${b.kind}`,
      [a, b],
      a === b ? a : dyn,
    ]),
    ...numbers.map((type) => [`math_${id}_list_${type.kind}`, [list(type)], type] as const),
  );
}
