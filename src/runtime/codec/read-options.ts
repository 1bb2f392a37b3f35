import type { AnyTypes } from "./any-type.ts";

/** How JSON is read. */
export interface ReadOptions {
  /** What happens to fields that the schema doesn't know: refused unless told to ignore them. */
  readonly unknownFields?: "refuse" | "ignore";
  /** How deep messages may be nested; 100 unless given, as other Protobuf libraries have it. */
  readonly maxDepth?: number;
  /** How many problems are reported at most; 20 unless given. */
  readonly maxProblems?: number;
  /** The types of messages inside of `google.protobuf.Any`; none unless given. */
  readonly anyTypes?: AnyTypes;
}

/** The default of {@link ReadOptions.maxDepth}. */
export const defaultMaxDepth = 100;

/** The default of {@link ReadOptions.maxProblems}. */
export const defaultMaxProblems = 20;
