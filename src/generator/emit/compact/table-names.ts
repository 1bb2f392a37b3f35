import type { DescEnum, DescMessage } from "@bufbuild/protobuf";
import { qualifiedName } from "../qualified-name.ts";

/** The name of the table of a message, or of an enum. */
export function tableName(desc: DescMessage | DescEnum): string {
  return `${qualifiedName(desc)}${desc.kind === "enum" ? "Enum" : "Codec"}`;
}
