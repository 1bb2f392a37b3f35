import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol, Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { messagesOf } from "../../message-model/property.ts";
import { wellKnownType } from "../../message-model/value-shape.ts";
import type { Action, ServiceModel } from "../../model/action-model.ts";
import { codecName } from "../codec/codec-scope.ts";
import { tableName } from "../compact/table-names.ts";
import type { EmitContext } from "../emit-context.ts";
import { printJsDoc } from "../js-doc.ts";
import { printBlocks } from "../print-blocks.ts";
import { checkName } from "../shape/check-code.ts";
import { validatorName } from "../validate/validate-scope.ts";
import { propertyKey, schemaName, serviceName } from "./contract-names.ts";
import { printMarks } from "./print-marks.ts";

/** Prints `x.ts`: the schema of every message, and the contract of every service with actions. */
export function emitContract(
  f: GeneratedFile,
  file: DescFile,
  services: readonly ServiceModel[],
  context: EmitContext,
): void {
  printBlocks(f, [
    ...messagesOf(file).map((message) => () => printSchema(f, message, context)),
    ...services.map((service) => () => printService(f, service, context)),
  ]);
}

function printService(f: GeneratedFile, service: ServiceModel, context: EmitContext): void {
  const contract = f.import("ServiceContract", "botwire", true);
  const define = f.import("defineService", "botwire");
  printJsDoc(f, service.desc);
  f.print`${f.export("const", serviceName(service.desc))}: ${contract}<{`;
  for (const action of service.actions) {
    printJsDoc(f, action.desc, "  ");
    f.print`  ${propertyKey(action.localName)}: ${shape(f, action, context)};`;
  }
  f.print`}> = /* @__PURE__ */ ${define}(${stringLiteral(context.version)}, {`;
  f.print`  typeName: ${stringLiteral(service.typeName)},`;
  f.print("  actions: {");
  for (const action of service.actions) {
    printAction(f, action, context);
  }
  f.print("  },");
  f.print("});");
}

function shape(f: GeneratedFile, action: Action, { model }: EmitContext): Printable {
  const kind = action.kind === "unary" ? "Unary" : "ServerStreaming";
  return [
    f.import(kind, "botwire", true),
    "<",
    model.type(f, action.input),
    ", ",
    model.type(f, action.output),
    ">",
  ];
}

function printAction(f: GeneratedFile, action: Action, context: EmitContext): void {
  f.print`    ${propertyKey(action.localName)}: {`;
  f.print`      kind: ${stringLiteral(action.kind)},`;
  f.print`      name: ${stringLiteral(action.name)},`;
  f.print`      rpc: ${stringLiteral(action.rpc)},`;
  f.print`      description: ${stringLiteral(action.description)},`;
  if (action.deadlineMs !== undefined) {
    f.print`      deadlineMs: ${String(action.deadlineMs)},`;
  }
  f.print`      idempotency: ${stringLiteral(action.idempotency)},`;
  if (action.asynchronous) {
    f.print`      asynchronous: true,`;
  }
  f.print`      input: ${schema(f, action.input, context)},`;
  f.print`      output: ${schema(f, action.output, context)},`;
  f.print("    },");
}

function schema(
  f: GeneratedFile,
  message: DescMessage,
  { model, paths }: EmitContext,
): ImportSymbol {
  if (wellKnownType(message) === "Empty") {
    // The only well-known type that an action may take or give. None of them is generated.
    const plain = model.literal(message).typeName === undefined;
    return f.import(plain ? "emptySchema" : "emptyMessageSchema", "botwire");
  }
  return f.import(schemaName(message), `${paths.actions(message.file)}.js`);
}

function printSchema(f: GeneratedFile, message: DescMessage, context: EmitContext): void {
  const type = f.import("GeneratedSchema", "botwire", true);
  const define = f.import("defineMessage", "botwire");
  const codecs = `${context.paths.actions(message.file)}.codec.js`;
  printJsDoc(f, message);
  f.print`${f.export("const", schemaName(message))}: ${type}<${context.model.type(f, message)}> = /* @__PURE__ */ ${define}(${stringLiteral(context.version)}, ${
    context.isCompact
      ? [
          "/* @__PURE__ */ ",
          f.import("compactSchema", "botwire/compact"),
          "(",
          f.import(tableName(message), codecs),
          ", {",
        ]
      : "{"
  }`;
  if (!context.isCompact) {
    f.print`  typeName: ${stringLiteral(message.typeName)},`;
    f.print`  init: ${f.import(codecName("init", message), codecs)},`;
    f.print`  readJson: ${f.import(codecName("read", message), codecs)},`;
    f.print`  writeJson: ${f.import(codecName("write", message), codecs)},`;
    f.print`  params: ${f.import(codecName("params", message), codecs)},`;
  }
  f.print`  check: ${f.import(checkName(message), `${context.paths.actions(message.file)}.shape.js`)},`;
  f.print`  validate: ${validator(f, message, context)},`;
  printMarks(f, "scan", context.scans.fieldsOf(message), context);
  printMarks(f, "secrets", context.secrets.fieldsOf(message), context);
  f.print(context.isCompact ? "}));" : "});");
}

function validator(
  f: GeneratedFile,
  message: DescMessage,
  { paths, hasRules }: EmitContext,
): ImportSymbol {
  return hasRules(message)
    ? f.import(validatorName(message), `${paths.actions(message.file)}.validate.js`)
    : f.import("noRules", "botwire/validate");
}
