import { createRegistry, type DescFile, type Registry } from "@bufbuild/protobuf";
import {
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import type { CelRuleSource, PredefinedVariables } from "./compile-rule.ts";

/** The types that any expression may name. */
const wellKnown = [
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
];

const registries = new WeakMap<DescFile, Registry>();

/** The types that a rule may name: those of its file, and of what that imports. */
export function registryOf({ subject, predefined }: CelRuleSource): Registry {
  const file = subject.kind === "message" ? subject.message.file : subject.field.parent.file;
  const own = registryOfFile(file);
  return predefined === undefined
    ? own
    : createRegistry(own, registryOfFile(predefined.desc.file), registryOfFile(fileOf(predefined)));
}

function fileOf({ extension }: PredefinedVariables): DescFile {
  return extension.kind === "extension" ? extension.file : extension.parent.file;
}

function registryOfFile(file: DescFile): Registry {
  let registry = registries.get(file);
  if (registry === undefined) {
    registry = createRegistry(...wellKnown, ...withImports(file));
    registries.set(file, registry);
  }
  return registry;
}

function withImports(file: DescFile): Set<DescFile> {
  const files = new Set<DescFile>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!files.has(next)) {
      files.add(next);
      open.push(...next.dependencies);
    }
  }
  return files;
}
