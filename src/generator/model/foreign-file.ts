import type { DescFile } from "@bufbuild/protobuf";
import { isWellKnownFile } from "../message-model/value-shape.ts";

/**
 * Files that are never generated, whatever the inputs are: run-time helpers
 * handle the well-known types, and rules aren't messages of anybody's actions.
 */
export function isForeign(file: DescFile): boolean {
  return isWellKnownFile(file) || file.proto.name === "buf/validate/validate.proto";
}
