import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { safeIdentifier } from "@bufbuild/protoplugin";

/**
 * The name of the type that protoc-gen-es prints for a message or enum.
 *
 * The same as protoplugin's `importShape`, but that names all types of a file
 * again for each of them, which takes minutes for a file with 2,000 messages.
 */
export function shapeName(desc: DescMessage | DescEnum): string {
  let names = known.get(desc.file);
  if (names === undefined) {
    names = shapeNames(desc.file);
    known.set(desc.file, names);
  }
  return names.get(desc) ?? desc.name;
}

const known = new WeakMap<DescFile, ReadonlyMap<DescMessage | DescEnum, string>>();

function shapeNames(file: DescFile): ReadonlyMap<DescMessage | DescEnum, string> {
  const names = new Map<DescMessage | DescEnum, string>();
  const taken = new Set<string>();
  for (const desc of nestedTypes(file)) {
    if (desc.kind === "message" || desc.kind === "enum") {
      const name = freeName(desc, taken);
      taken.add(name);
      names.set(desc, name);
    }
  }
  return names;
}

/** `A.B` and `A_B` both want to be `A_B`: the second one becomes `A_B$`, a third `A_B$1`. */
function freeName(desc: DescMessage | DescEnum, taken: ReadonlySet<string>): string {
  const { package: pkg } = desc.file.proto;
  const local = pkg === "" ? desc.typeName : desc.typeName.slice(pkg.length + 1);
  const ideal = local.replaceAll(".", "_");
  let name = safeIdentifier(ideal);
  for (let i = 1; taken.has(name); i++) {
    name = safeIdentifier(`${ideal}$${i === 1 ? "" : i - 1}`);
  }
  return name;
}
