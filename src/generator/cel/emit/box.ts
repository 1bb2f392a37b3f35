import type { DescField } from "@bufbuild/protobuf";
import { type Code, code, join, type ModuleConstant, stringLiteral } from "../../code.ts";
import { type Emitter, unsupported } from "./emitter.ts";
import { hasField, readField } from "./fields.ts";
import { celHelper, celTypeName } from "./helpers.ts";
import { asBigint } from "./integers.ts";
import { presence } from "./presence.ts";
import { callCode, type Form, type MessageForm, operand, primary, type Value } from "./value.ts";

/** Code for the value with its type, for what is only decided at run time. */
export function box(emitter: Emitter, value: Value): Code {
  const { form, type } = value;
  switch (form.kind) {
    case "boxed":
      return value.code;
    case "nullable":
      return boxNullable(emitter, value, form.of);
    case "list":
      return boxList(emitter, value, form.element(code`e$`));
    case "map": {
      const helper = form.container === "Map" ? "boxEntries" : "boxObject";
      return callCode(celHelper(helper), [
        value.code,
        code`(k$) => ${box(emitter, form.key(code`k$`))}`,
        code`(v$) => ${arrowBody(box(emitter, form.value(code`v$`)))}`,
      ]);
    }
    case "message":
      return callCode(code`${messageBox(emitter, form)}`, [value.code]);
    case "any":
      return callCode(celHelper("boxAny"), [value.code]);
    case "constant":
      return unsupported("a whole rule message can't be used as a value, only its fields");
    default:
      return boxPlain(value, type.kind);
  }
}

function boxPlain(value: Value, kind: string): Code {
  switch (kind) {
    case "int":
      return asBigint(value).code;
    case "uint":
      return callCode(celHelper("boxUint"), [value.code]);
    case "timestamp":
      return callCode(celHelper("boxTimestamp"), [value.code]);
    case "duration":
      return callCode(celHelper("boxDuration"), [value.code]);
    case "wrapper":
      return value.type.kind === "wrapper" ? boxPlain(value, value.type.of.kind) : value.code;
    default:
      return value.code;
  }
}

/** A wrapper: null, or the scalar in it. */
function boxNullable(emitter: Emitter, value: Value, of: Form): Code {
  const inner = box(emitter, { ...primary(code`s$`, value.type, of), fails: false });
  if (isSame(inner, "s$")) {
    return code`(${operand(value)} ?? null)`;
  }
  return code`((s$) => s$ === null || s$ === undefined ? null : ${inner})(${value.code})`;
}

function boxList(emitter: Emitter, list: Value, element: Value): Code {
  const inner = box(emitter, element);
  return isSame(inner, "e$") ? list.code : code`${operand(list)}.map((e$) => ${arrowBody(inner)})`;
}

function isSame(text: Code, name: string): boolean {
  return text.length === 1 && text[0] === name;
}

/** An object literal needs parentheses in the place of a function's body. */
export function arrowBody(text: Code): Code {
  const [first] = text;
  return typeof first === "string" && first.startsWith("{") ? code`(${text})` : text;
}

/** The constant that makes values of a message type. */
function messageBox(emitter: Emitter, { desc, shape }: MessageForm): ModuleConstant {
  const isPaths = shape === "plain" && desc.typeName === "google.protobuf.FieldMask";
  const type = isPaths ? code`readonly string[]` : code`${{ kind: "type", desc } as const}`;
  return {
    kind: "constant",
    hint: "box",
    key: `box ${desc.typeName} ${isPaths ? "paths" : "message"}`,
    type: code`${messageBoxType}<${type}>`,
    value: () => {
      const path = { code: "m$", presence: [presence("m$ !== undefined")] };
      const form: Form = { kind: "message", desc, shape: isPaths ? "plain" : "message", path };
      const message = primary(code`m$`, { kind: "message", desc }, form);
      const readers = desc.fields.map((field) => fieldReader(emitter, message, field));
      return code`${celHelper("messageBox")}(${stringLiteral(desc.typeName)}, [${join(readers, ", ")}])`;
    },
  };
}

const messageBoxType: Code = celTypeName("MessageBox");

function fieldReader(emitter: Emitter, message: Value, field: DescField): Code {
  const has = hasField(emitter, message, field);
  const get = box(emitter, readField(emitter, message, field));
  const wraps = floatWrappers.has(field.message?.typeName ?? "") ? ", true" : "";
  return code`[${stringLiteral(field.name)}, (m$) => ${has.code}, (m$) => ${arrowBody(get)}${wraps}]`;
}

const floatWrappers: ReadonlySet<string> = new Set([
  "google.protobuf.FloatValue",
  "google.protobuf.DoubleValue",
]);
