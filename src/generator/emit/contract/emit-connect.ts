import type { GeneratedFile } from "@bufbuild/protoplugin";
import type { ServiceModel } from "../../model/action-model.ts";
import type { EmitContext } from "../emit-context.ts";
import { printJsDoc } from "../js-doc.ts";
import { printBlocks } from "../print-blocks.ts";
import { propertyKey, serviceName } from "./contract-names.ts";

/**
 * Prints `x.connect.ts`: the contracts of `x.ts` under the same names, with
 * what they need to cross Connect.
 */
export function emitConnect(
  f: GeneratedFile,
  services: readonly ServiceModel[],
  context: EmitContext,
): void {
  printBlocks(
    f,
    services.map((service) => () => printService(f, service, context)),
  );
}

function printService(f: GeneratedFile, service: ServiceModel, context: EmitContext): void {
  const { desc, file } = service;
  const name = serviceName(desc);
  const type = f.import("ConnectServiceContract", "botwire/connect", true);
  const attach = f.import("attachConnect", "botwire/connect");
  const plain = f.import(name, `${context.paths.actions(file)}.js`);
  const descriptor = f.import(f.importSchema(desc).name, `${context.paths.es(file)}_pb.js`);
  printJsDoc(f, desc);
  f.print`${f.export("const", name)}: ${type}<typeof ${plain}> = /* @__PURE__ */ ${attach}(`;
  f.print`  ${plain},`;
  f.print`  ${descriptor},`;
  printCodecs(f, service, context);
  f.print(");");
}

/** Messages that aren't those of protobuf-es cross Connect as bytes. */
function printCodecs(f: GeneratedFile, service: ServiceModel, { model }: EmitContext): void {
  const { binaryCodec } = model;
  if (binaryCodec === undefined) {
    return;
  }
  f.print("  {");
  for (const { localName, input, output } of service.actions) {
    f.print`    ${propertyKey(localName)}: { input: ${binaryCodec(f, input)}, output: ${binaryCodec(f, output)} },`;
  }
  f.print("  },");
}
