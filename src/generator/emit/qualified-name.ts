import type { DescEnum, DescMessage } from "@bufbuild/protobuf";

/** The name of a message or enum without its package: `Outer_Inner`. */
export function qualifiedName(desc: DescMessage | DescEnum): string {
  return desc.parent === undefined ? desc.name : `${qualifiedName(desc.parent)}_${desc.name}`;
}
