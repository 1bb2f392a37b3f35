import type { DescEnum, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { hasPresence } from "../codec/blank.ts";
import type { EmitContext } from "../emit-context.ts";
import { printBlocks } from "../print-blocks.ts";
import { tableName } from "./table-names.ts";
import { tableOrder } from "./table-order.ts";
import { fieldType, type TableScope } from "./value-table.ts";

/** Prints `x.codec.ts` for size: a table for every enum and message. */
export function emitTables(f: GeneratedFile, file: DescFile, context: EmitContext): void {
  const messages = tableOrder(file);
  const done = new Set<DescMessage>();
  const enums = [...nestedTypes(file)].filter((desc) => desc.kind === "enum");
  printBlocks(f, [
    ...enums.map((desc) => () => emitEnum(f, desc, context)),
    ...messages.map((message) => () => {
      const isLater = (held: DescMessage) => held.file === file && !done.has(held);
      emitMessage({ f, context, isLater }, message);
      done.add(message);
    }),
  ]);
}

function emitEnum(f: GeneratedFile, desc: DescEnum, { model }: EmitContext): void {
  const type = f.import("ValueType", "botwire/compact", true);
  const isCustom = desc.values.some(({ name, jsonName }) => name !== jsonName);
  const create = f.import(isCustom ? "renamedEnum" : "compactEnum", "botwire/compact");
  const names = spec(desc.values, 0);
  f.print`${f.export("const", tableName(desc))}: ${type}<${model.type(f, desc)}> = /* @__PURE__ */ ${create}(`;
  f.print`  ${stringLiteral(desc.typeName)},`;
  f.print`  ${stringLiteral(names)},`;
  if (isCustom) {
    f.print("  [");
    for (const { jsonName, number } of desc.values) {
      f.print`    [${stringLiteral(jsonName)}, ${number}],`;
    }
    f.print("  ],");
  }
  f.print(");");
}

function emitMessage(scope: TableScope, message: DescMessage): void {
  const { f, context } = scope;
  const { model } = context;
  const type = f.import("CompactCodec", "botwire/compact", true);
  const create = f.import("compactMessage", "botwire/compact");
  const fields = [...message.fields].sort((a, b) => a.number - b.number);
  const names = fields.map((field) => ({
    name: fieldSpec(field, context),
    number: field.number,
  }));
  f.print`${f.export("const", tableName(message))}: ${type}<${model.type(f, message)}> = /* @__PURE__ */ ${create}(`;
  f.print`  ${stringLiteral(message.typeName)},`;
  f.print`  ${stringLiteral(spec(names, 1))},`;
  const given = fields.flatMap((field, i) => givenNames(field, i, context));
  if (fields.length > 0) {
    f.print`  [${commaSeparated(fields.map((field) => fieldType(scope, field)))}],`;
  }
  if (given.length > 0) {
    f.print`  { ${commaSeparated(given)} },`;
  }
  f.print(");");
}

/** Names with their numbers, where these aren't the next ones. */
function spec(items: readonly { readonly name: string; readonly number: number }[], first: number) {
  let next = first;
  return items
    .map(({ name, number }) => {
      const text = number === next ? name : `${name}=${number}`;
      next = number + 1;
      return text;
    })
    .join(" ");
}

/** The property of a field, with what the table says about it. */
function fieldSpec(field: DescField, { model, isSkipped }: EmitContext): string {
  const group = field.oneof === undefined ? "" : `${model.property(field.oneof)}/`;
  const isOptional = field.oneof === undefined && field.message === undefined && hasPresence(field);
  const mark = isSkipped(field) ? (isOptional ? "&" : "!") : isOptional ? "?" : "";
  return `${mark}${group}${model.property(field)}`;
}

/** The names of a field, if the run-time library doesn't make them of its property. */
function givenNames(field: DescField, index: number, { model }: EmitContext): string[] {
  const { name, jsonName } = field;
  return jsonName === model.property(field) && name === snakeCase(jsonName)
    ? []
    : [`${index}: [${stringLiteral(name)}, ${stringLiteral(jsonName)}]`];
}

/** What the run-time library makes of a JSON name if the table doesn't say otherwise. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function commaSeparated(items: readonly Printable[]): Printable {
  return items.flatMap((item, i) => (i === 0 ? [item] : [", ", item]));
}
