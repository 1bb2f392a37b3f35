import { type DescField, type DescMessage, type DescOneof, ScalarType } from "@bufbuild/protobuf";
import { type Code, code, helper, join, stringLiteral } from "../../code.ts";
import { isInherited } from "../../message-model/property.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import { qualifiedName } from "../qualified-name.ts";
import { constant } from "../validate/literal.ts";
import { isOptional, type ShapeContext, scalarCheck } from "./check-code.ts";

/**
 * Code that tells in haste whether a value is what it should be. One that fails
 * may still be: a check, which takes longer, finds out.
 */
export interface QuickTest {
  readonly passes: Code;
  readonly fails: Code;
}

/** Code for the value of a member of `value`. */
export function memberValue({ model }: ShapeContext, member: DescField | DescOneof): Code {
  const name = model.property(member);
  const literal = stringLiteral(name);
  const read = code`value[${literal}]`;
  return isInherited(name)
    ? code`(globalThis.Object.hasOwn(value, ${literal}) ? ${read} : undefined)`
    : read;
}

/** The name of the function that tests a message in haste. */
export function quickName(message: DescMessage): string {
  return `is${qualifiedName(message)}`;
}

/** How many levels of messages are tested in haste: checks count them, these tests don't. */
const maxLevels = 8;

/**
 * What a value must be to be a complete message. Undefined if a member has no
 * quick test, or messages go too deep.
 */
export function messageTests(
  context: ShapeContext,
  message: DescMessage,
): readonly Code[] | undefined {
  const { tests } = knownOf(context);
  if (!tests.has(message)) {
    tests.set(message, findTests(context, message));
  }
  return tests.get(message);
}

function findTests(context: ShapeContext, message: DescMessage): readonly Code[] | undefined {
  if (!isShallow(context, message, maxLevels)) {
    return undefined;
  }
  const members = message.members.map((member) => memberTest(context, member)?.passes);
  const { typeName } = context.model.literal(message);
  const type = typeName && code`value["$typeName"] === ${stringLiteral(typeName)}`;
  const passes = members.filter((test) => test !== undefined);
  return passes.length < members.length
    ? undefined
    : [...recordTests, ...(type ? [type] : []), ...passes];
}

/**
 * What `value` must be to have members. The constructor is looked up where V8
 * knows the objects that come by; in the helper it meets those of all messages.
 */
const recordTests = [
  code`${helper("isObject")}(value)`,
  code`(value["constructor"] === globalThis.Object || ${helper("isRecord")}(value))`,
] as const;

/** Whether a message has no more than so many levels, itself included. */
function isShallow(context: ShapeContext, message: DescMessage, levels: number): boolean {
  const { shallow } = knownOf(context);
  const answers = shallow.get(message) ?? [];
  shallow.set(message, answers);
  answers[levels] ??=
    levels > 0 &&
    message.fields.every((field) => {
      const shape = context.model.shape(field);
      return shape.kind !== "message" || isShallow(context, shape.message, levels - 1);
    });
  return answers[levels];
}

/** What is known of messages, which may be parts of many, and of their members. */
interface Known {
  readonly members: WeakMap<DescField | DescOneof, QuickTest | undefined>;
  readonly tests: WeakMap<DescMessage, readonly Code[] | undefined>;
  /** For each message, the answers of `isShallow` by the number of levels. */
  readonly shallow: WeakMap<DescMessage, boolean[]>;
}

const known = new WeakMap<ShapeContext["model"], Known>();

function knownOf({ model }: ShapeContext): Known {
  const found = known.get(model) ?? {
    members: new WeakMap(),
    tests: new WeakMap(),
    shallow: new WeakMap(),
  };
  known.set(model, found);
  return found;
}

/** Tests a member of `value`. */
export function memberTest(
  context: ShapeContext,
  member: DescField | DescOneof,
): QuickTest | undefined {
  const { members } = knownOf(context);
  if (!members.has(member)) {
    members.set(member, findMemberTest(context, member));
  }
  return members.get(member);
}

function findMemberTest(
  context: ShapeContext,
  member: DescField | DescOneof,
): QuickTest | undefined {
  const given = memberValue(context, member);
  const test =
    member.kind === "oneof" ? oneofTest(context, member, given) : fieldTest(context, member, given);
  return test !== undefined && isOptional(member, context)
    ? {
        passes: code`(${given} === undefined || ${test.passes})`,
        fails: code`${given} !== undefined && ${test.fails}`,
      }
    : test;
}

function fieldTest(context: ShapeContext, field: DescField, given: Code): QuickTest | undefined {
  const { model } = context;
  const shape = model.shape(field);
  switch (field.fieldKind) {
    case "list":
      return listTest(context, shape, given);
    case "map": {
      const type = plainType(shape);
      const isNamed = field.mapKey === ScalarType.STRING && model.mapForm(field) !== "Map";
      return type && isNamed
        ? called(code`${helper("isRecordOf")}(${given}, "${type}")`)
        : undefined;
    }
    default:
      return valueTest(context, shape, given);
  }
}

function listTest(context: ShapeContext, shape: ValueShape, given: Code): QuickTest | undefined {
  const type = plainType(shape);
  if (type !== undefined) {
    return called(code`${helper("isListOf")}(${given}, "${type}")`);
  }
  const test = valueFunction(context, shape);
  return test && called(code`${helper("isEach")}(${given}, ${test})`);
}

/** What `typeof` says of the values of a type, if they need no other check. */
function plainType(shape: ValueShape): string | undefined {
  return shape.kind === "scalar" ? plainTypes[scalarCheck(shape.scalar, shape.long)] : undefined;
}

const plainTypes: Readonly<Record<string, string>> = {
  checkString: "string",
  checkBool: "boolean",
  checkNumber: "number",
};

function valueTest(context: ShapeContext, shape: ValueShape, given: Code): QuickTest | undefined {
  const type = plainType(shape);
  if (type !== undefined) {
    return {
      passes: code`typeof ${given} === "${type}"`,
      fails: code`typeof ${given} !== "${type}"`,
    };
  }
  const test = valueFunction(context, shape);
  return test && called(code`${test}(${given})`);
}

/** The function that tests a value which `typeof` doesn't tell. */
function valueFunction(context: ShapeContext, shape: ValueShape): Code | undefined {
  switch (shape.kind) {
    case "enum":
    case "nullValue":
      return code`${helper("isInt32")}`;
    case "scalar": {
      const name = integerTests[scalarCheck(shape.scalar, shape.long)];
      return name === undefined ? undefined : code`${helper(name)}`;
    }
    case "message": {
      const { message } = shape;
      const from = `${context.paths.actions(message.file)}.shape.js`;
      return (
        messageTests(context, message) &&
        code`${{ kind: "import", name: quickName(message), from } as const}`
      );
    }
    default:
      return undefined;
  }
}

const integerTests: Readonly<Record<string, string>> = {
  checkInt32: "isInt32",
  checkUint32: "isUint32",
};

function oneofTest(context: ShapeContext, oneof: DescOneof, given: Code): QuickTest | undefined {
  const { discriminator, none } = context.model.oneof;
  const selected = code`value["${discriminator}"]`;
  const cases = oneof.fields.flatMap((field) => {
    const test = valueTest(context, context.model.shape(field), code`value["value"]`);
    const name = stringLiteral(context.model.property(field));
    return test === undefined ? [] : [code`${selected} === ${name} && ${test.passes}`];
  });
  if (cases.length === 0) {
    return undefined;
  }
  const unset = none === "undefined" ? [] : [code`${selected} === undefined`];
  const fits = join([...unset, ...cases], " || ");
  const test = constant(
    "is",
    code`(value: unknown) => ${join([...recordTests, code`(${fits})`], " && ")}`,
  );
  return called(code`${test}(${given})`);
}

function called(call: Code): QuickTest {
  return { passes: call, fails: code`!${call}` };
}
