import {
  CelScalar,
  celEnv,
  celFunc,
  celUint,
  isCelError,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
  parse,
  plan,
} from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { TestAllTypesSchema } from "@bufbuild/cel-spec/cel/expr/conformance/proto3/test_all_types_pb.js";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { isReflectMessage } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { timestamp } from "../../src/generator/cel/cel-type.ts";
import { checkExpression } from "../../src/generator/cel/check/check-expression.ts";
import { combine } from "../../src/generator/cel/check/declaration.ts";
import { standardLibrary } from "../../src/generator/cel/check/library/standard.ts";
import { stringsLibrary } from "../../src/generator/cel/check/library/strings.ts";
import { emitBoxed } from "../../src/generator/cel/emit/emit-expression.ts";
import { fromShape, timeForm } from "../../src/generator/cel/emit/shapes.ts";
import { primary } from "../../src/generator/cel/emit/value.ts";
import { messageType } from "../../src/generator/cel/field-type.ts";
import { type Code, code } from "../../src/generator/code.ts";
import { createProtobufEsModel } from "../../src/generator/message-model/protobuf-es.ts";
import { boxMap } from "../../src/runtime/validate/cel/box-map.ts";
import { type Boxed, boxType, boxUint } from "../../src/runtime/validate/cel/boxed.ts";
import { divideUint, intOfText, moduloInt } from "../../src/runtime/validate/cel/int.ts";
import { evaluators } from "../conformance/cel/evaluate.ts";
import { specRegistry } from "../conformance/cel/spec-case.ts";
import { boxMessage, isSame } from "../conformance/cel/spec-value.ts";
import { createRandom, type Random } from "../regex/random-pattern.ts";
import { make, type RandomType } from "./random-expression.ts";

const model = createProtobufEsModel({ types: () => "" });
const now = create(TimestampSchema, { seconds: 1_795_327_774n, nanos: 5 });
/**
 * Where the interpreter differs from CEL's specification, or from cel-go where
 * that says nothing, it is told what to do.
 */
const corrections = [
  // It takes "" and " 1" for integers.
  celFunc("int", [CelScalar.STRING], CelScalar.INT, intOfText),
  // It checks the quotient as if it were an int.
  celFunc("_/_", [CelScalar.UINT, CelScalar.UINT], CelScalar.UINT, (a, b) =>
    celUint(divideUint(a.value, b.value)),
  ),
  // In cel-go it overflows, as the quotient does.
  celFunc("_%_", [CelScalar.INT, CelScalar.INT], CelScalar.INT, moduloInt),
];
const env = celEnv({ registry: specRegistry, funcs: [...strings, ...corrections] });

/** An expression and a message for which compiled CEL and the interpreter disagree. */
export interface CelDifference {
  readonly expression: string;
  readonly message: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Compares compiled random expressions with @bufbuild/cel on random messages. */
export async function compareWithInterpreter(
  seed: number,
  count: number,
): Promise<{ values: number; errors: number; differences: CelDifference[] }> {
  const random = createRandom(seed);
  const types: readonly [RandomType, ...RandomType[]] = [
    "bool",
    "bool",
    "int",
    "string",
    "list(int)",
  ];
  const expressions = Array.from({ length: count }, () =>
    make(random, random.pick(types), 1 + random.below(3)),
  );
  const functions = await evaluators(expressions.map(compile));
  const differences: CelDifference[] = [];
  let values = 0;
  let errors = 0;
  expressions.forEach((expression, i) => {
    const interpret = plan(env, parse(expression));
    for (let j = 0; j < 3; j++) {
      const message = create(TestAllTypesSchema, randomMessage(random));
      const ours = attempt(() => functions[i]?.({ this: message, now }) ?? null);
      const theirs = attempt(() => boxed(interpret({ this: message, now })));
      values += ours === undefined ? 0 : 1;
      errors += ours === undefined ? 1 : 0;
      const same =
        ours === undefined || theirs === undefined ? ours === theirs : isSame(ours, theirs);
      if (!same) {
        differences.push({
          expression,
          message: show(message),
          ours: show(ours),
          theirs: show(theirs),
        });
      }
    }
  });
  return { values, errors, differences };
}

export function compile(expression: string): Code {
  const variables = new Map([
    ["this", fromShape({ kind: "message", message: TestAllTypesSchema }, code`b.this`)],
    ["now", primary(code`b.now`, timestamp, timeForm)],
  ]);
  const checked = checkExpression(expression, {
    library: combine(standardLibrary, stringsLibrary),
    variables: new Map([
      ["this", messageType(TestAllTypesSchema)],
      ["now", timestamp],
    ]),
    registry: specRegistry,
    container: "",
    extraMacros: new Set(),
  });
  if (checked.kind === "problems") {
    throw new Error(`${expression}: ${checked.problems[0]?.message}`);
  }
  return emitBoxed(checked.expr, model, variables);
}

function attempt(evaluate: () => Boxed): Boxed | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof Error && error.name === "CelError") {
      return undefined;
    }
    throw error;
  }
}

/** A value of the interpreter; its errors are values as well. */
function boxed(value: unknown): Boxed {
  if (isCelError(value)) {
    throw Object.assign(new Error("the interpreter fails"), { name: "CelError" });
  }
  if (isCelUint(value)) {
    return boxUint(value.value);
  }
  if (isCelList(value)) {
    return Array.from(value, boxed);
  }
  if (isCelMap(value)) {
    return boxMap(Array.from(value, ([key, inner]) => [boxed(key), boxed(inner)]));
  }
  if (isCelType(value)) {
    return boxType(value.name);
  }
  if (isReflectMessage(value)) {
    return boxMessage(value.message);
  }
  return value as Boxed;
}

function randomMessage(random: Random): MessageInitShape<typeof TestAllTypesSchema> {
  const often = () => random.below(3) > 0;
  const int = () => random.pick([0, 1, -1, 7, 2147483647, -2147483648]);
  const long = () => random.pick([0n, 1n, -1n, 7n, 2n ** 63n - 1n, -(2n ** 63n), 2147483648n]);
  const text = () => random.pick(["", "a", "ab", "é😀", "-12", "5"]);
  return {
    singleBool: often(),
    singleInt32: int(),
    singleSint32: int(),
    singleInt64: long(),
    singleUint32: random.pick([0, 1, 7, 4294967295]),
    singleUint64: random.pick([0n, 1n, 7n, 2n ** 64n - 1n]),
    singleDouble: random.pick([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e19]),
    singleFloat: random.pick([0, 1.5, -3]),
    singleString: text(),
    singleBytes: random.pick([new Uint8Array(), Uint8Array.of(97), Uint8Array.of(255, 0)]),
    standaloneEnum: random.pick([0, 1, 2]),
    repeatedInt32: Array.from({ length: random.below(4) }, int),
    repeatedInt64: Array.from({ length: random.below(4) }, long),
    repeatedString: Array.from({ length: random.below(3) }, text),
    mapStringInt64: Object.fromEntries(
      Array.from({ length: random.below(3) }, () => [text(), long()]),
    ),
    ...(often() ? { optionalString: text() } : {}),
    ...(often()
      ? { singleTimestamp: { seconds: BigInt(int()), nanos: random.pick([0, 5, 999_000_000]) } }
      : {}),
    ...(often() ? { singleDuration: { seconds: BigInt(int()), nanos: 0 } } : {}),
    ...(often()
      ? { singleInt64Wrapper: long(), singleInt32Wrapper: int(), singleStringWrapper: text() }
      : {}),
    ...(often() ? { standaloneMessage: { bb: int() } } : {}),
    ...(often() ? { nestedType: { case: "singleNestedMessage", value: { bb: int() } } } : {}),
  };
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) =>
    typeof inner === "bigint" ? `${inner}n` : inner,
  );
  return value === undefined ? "an error" : (text ?? "undefined");
}
