import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import type { EmitContext } from "../emit-context.ts";
import { printBlocks } from "../print-blocks.ts";
import { type CodecScope, createCodecScope, valuesName } from "./codec-scope.ts";
import { emitDefaults } from "./emit-defaults.ts";
import { emitFields } from "./emit-fields.ts";
import { emitInit } from "./emit-init.ts";
import { emitParams } from "./emit-params.ts";
import { emitReader } from "./emit-reader.ts";
import { emitWriter } from "./emit-writer.ts";

/**
 * Prints `x.codec.ts`: for every message the functions that complete, read and
 * write it, and how it is read from parameters; for every enum its values.
 */
export function emitCodec(f: GeneratedFile, file: DescFile, context: EmitContext): void {
  const scope = createCodecScope(f, context);
  printBlocks(
    f,
    [...nestedTypes(file)].flatMap((desc) => {
      switch (desc.kind) {
        case "message":
          return messageBlocks(scope, desc);
        case "enum":
          return [() => emitEnum(scope, desc)];
        default:
          return [];
      }
    }),
  );
}

function messageBlocks(scope: CodecScope, message: DescMessage): (() => void)[] {
  const defaults =
    scope.model.literal(message).inherited.length === 0 ? [] : [() => emitDefaults(scope, message)];
  return [
    ...defaults,
    () => emitFields(scope, message),
    () => emitInit(scope, message),
    () => emitReader(scope, message),
    () => emitWriter(scope, message),
    () => emitParams(scope, message),
  ];
}

function emitEnum(scope: CodecScope, desc: DescEnum): void {
  const { f } = scope;
  // Names for JSON may be custom, but the .proto's are read as well, and go first if they clash.
  const names = new Map<string, number>();
  for (const { jsonName, number } of desc.values) {
    names.set(jsonName, number);
  }
  for (const { name, number } of desc.values) {
    names.set(name, number);
  }
  const create = scope.helper(desc.open ? "openEnum" : "closedEnum");
  const type = scope.helperType("EnumValues");
  f.print`${f.export("const", valuesName(desc))}: ${type}<${scope.type(desc)}> = /* @__PURE__ */ ${create}(${stringLiteral(desc.typeName)}, [`;
  for (const [name, number] of names) {
    f.print`  [${stringLiteral(name)}, ${number}],`;
  }
  f.print("]);");
}
