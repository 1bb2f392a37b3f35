import { type Code, code } from "../../code.ts";
import { bool, type CelType } from "../cel-type.ts";
import type { LoopExpr, LoopVariable } from "../typed-expr.ts";
import { arrowBody, box } from "./box.ts";
import { listOf } from "./containers.ts";
import { type Emitter, unsupported, withVariables } from "./emitter.ts";
import { celHelper } from "./helpers.ts";
import { numberForm } from "./integers.ts";
import { sizeRange } from "./range.ts";
import { unbox } from "./unbox.ts";
import { boxed, callCode, operand, plain, primary, type Value, withCode } from "./value.ts";

/** What a macro goes through: an array, and what its elements stand for. */
interface Range {
  readonly code: Code;
  readonly fails: boolean;
  /** The parameters of a function that gets an element and its index. */
  readonly params: string;
  /** The variables of the macro in that function. */
  readonly variables: readonly (readonly [string, Value])[];
}

/** `list.all(x, condition)` and the other macros. */
export function emitLoop(emitter: Emitter, loop: LoopExpr, type: CelType): Value {
  const list = emitter.emit(emitter, loop.range);
  const range = loop.variables.length === 2 ? pairs(emitter, list, loop) : elements(list, loop);
  const inner = withVariables(emitter, range.variables);
  const condition = loop.condition && toBool(emitter.emit(inner, loop.condition));
  const arrow = (body: Value): Code => code`(${range.params}) => ${arrowBody(body.code)}`;
  const method = (name: string, body: Value): Value =>
    primary(code`${range.code}.${name}(${arrow(body)})`, bool, plain, { fails: range.fails });
  const helper = (name: string, body: Value): Value =>
    primary(callCode(celHelper(name), [range.code, arrow(body)]), bool, plain, {
      fails: range.fails || body.fails,
    });
  switch (loop.macro) {
    case "all":
      return withBody(condition, (body) =>
        body.fails ? helper("all", body) : method("every", body),
      );
    case "exists":
      return withBody(condition, (body) =>
        body.fails ? helper("exists", body) : method("some", body),
      );
    case "existsOne":
      return withBody(condition, (body) => helper("existsOne", body));
    case "filter":
      return withBody(condition, (body) =>
        filtered(list, range, method("filter", body), body, type),
      );
    default:
      return transformed(inner, loop, range, condition, arrow, type);
  }
}

function withBody(body: Value | undefined, print: (body: Value) => Value): Value {
  return body === undefined ? unsupported("a macro has no condition") : print(body);
}

/** The same elements, as the list has them; of a map the keys. */
function filtered(list: Value, range: Range, kept: Value, body: Value, type: CelType): Value {
  const fails = range.fails || body.fails;
  if (list.form.kind === "list") {
    return { ...kept, type, form: list.form, fails };
  }
  const [variable] = range.variables;
  const key = variable?.[1];
  return { ...kept, type, form: listOf((text) => withElement(key, text)), fails };
}

function withElement(value: Value | undefined, text: Code): Value {
  return value === undefined ? unsupported("a macro has no variable") : replaceName(value, text);
}

/** A value of the code of a variable, with other code in the place of the variable. */
function replaceName(value: Value, text: Code): Value {
  return withCode(value, text, value.fails);
}

function transformed(
  inner: Emitter,
  loop: LoopExpr,
  range: Range,
  condition: Value | undefined,
  arrow: (body: Value) => Code,
  type: CelType,
): Value {
  const result = loop.result && inner.emit(inner, loop.result);
  if (result === undefined) {
    return unsupported("a macro has no result");
  }
  const fails = range.fails || result.fails || condition?.fails === true;
  // The condition may name the index of an element in the whole list.
  const source =
    condition === undefined ? range.code : code`${range.code}.filter(${arrow(condition)})`;
  if (condition !== undefined && loop.variables.length === 2) {
    return filteredPairs(inner, loop, range, condition, result, type);
  }
  if (loop.macro === "map") {
    const form = listOf((text) => withCode(result, text, false));
    return primary(code`${source}.map(${arrow(result)})`, type, form, { fails });
  }
  const helper = loop.macro === "transformMap" ? "boxMap" : "mergeMaps";
  const body = transformBody(inner, loop, range, result);
  return primary(
    callCode(celHelper(helper), [code`${source}.map((${range.params}) => ${body})`]),
    type,
    boxed,
    {
      fails: true,
    },
  );
}

/** With a condition over two variables, what fails it becomes nothing. */
function filteredPairs(
  inner: Emitter,
  loop: LoopExpr,
  range: Range,
  condition: Value,
  result: Value,
  type: CelType,
): Value {
  const body =
    loop.macro === "map" ? box(inner, result) : transformBody(inner, loop, range, result);
  const items = code`${range.code}.flatMap((${range.params}) => ${operand(condition, 7)} ? [${body}] : [])`;
  if (loop.macro === "map" && type.kind === "list") {
    const form = listOf((text) => unbox(text, type.element, false, true));
    return primary(items, type, form, { fails: true });
  }
  const helper = loop.macro === "transformMap" ? "boxMap" : "mergeMaps";
  return primary(callCode(celHelper(helper), [items]), type, boxed, { fails: true });
}

/** A pair of key and value, or a map that is to be merged with the others. */
function transformBody(inner: Emitter, loop: LoopExpr, range: Range, result: Value): Code {
  const boxedResult = box(inner, result);
  const key = range.variables[0]?.[1];
  return loop.macro === "transformMap" && key !== undefined
    ? code`[${box(inner, key)}, ${boxedResult}] as const`
    : boxedResult;
}

/** One variable: the elements of a list, or the keys of a map. */
function elements(list: Value, { variables }: LoopExpr): Range {
  const [variable] = variables;
  const name = `${variable?.name}$`;
  const of = (text: Code, element: Value): Range => ({
    code: text,
    fails: list.fails,
    params: name,
    variables: variable === undefined ? [] : [[variable.name, element]],
  });
  const { form } = list;
  switch (form.kind) {
    case "list":
      return of(operand(list), form.element(code`${name}`));
    case "map":
      return of(
        form.container === "Map"
          ? code`globalThis.Array.from(${operand(list)}.keys())`
          : code`globalThis.Object.keys(${list.code})`,
        form.key(code`${name}`),
      );
    case "boxed": {
      const helper = list.type.kind === "map" ? "keysOf" : "asRange";
      const type: CelType = variable?.type ?? { kind: "dyn" };
      const range = of(
        callCode(celHelper(helper), [list.code]),
        unbox(code`${name}`, type, false, true),
      );
      return { ...range, fails: list.fails || helper === "asRange" };
    }
    default:
      return unsupported("a macro can't go through this value");
  }
}

/** Two variables: indexes and elements of a list, or keys and values of a map. */
function pairs(emitter: Emitter, list: Value, { variables }: LoopExpr): Range {
  const [first, second] = variables as readonly [LoopVariable, LoopVariable];
  const [a, b] = [`${first.name}$`, `${second.name}$`];
  if (list.form.kind === "list") {
    const index = primary(code`${a}`, first.type, numberForm, { range: sizeRange });
    return {
      code: operand(list),
      fails: list.fails,
      params: `${b}, ${a}`,
      variables: [
        [first.name, index],
        [second.name, list.form.element(code`${b}`)],
      ],
    };
  }
  return {
    code: callCode(celHelper("pairsOf"), [box(emitter, list)]),
    fails: list.fails,
    params: `[${a}, ${b}]`,
    variables: [
      [first.name, unbox(code`${a}`, first.type, false, true)],
      [second.name, unbox(code`${b}`, second.type, false, true)],
    ],
  };
}

function toBool(value: Value): Value {
  return value.type.kind === "dyn" ? unbox(value.code, bool, value.fails) : value;
}
