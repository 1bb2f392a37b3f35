import type { AnyTypes } from "./any-type.ts";

/** How JSON is written. */
export interface WriteOptions {
  /**
   * The names of fields: `json` writes their JSON names (lowerCamelCase unless
   * the .proto says otherwise), `proto` those of the .proto. `json` unless given.
   */
  readonly naming?: "json" | "proto";
  /**
   * Also write fields without presence that have their default value, and empty
   * lists and maps. Left out unless given, as ProtoJSON has it.
   */
  readonly alwaysEmitImplicit?: boolean;
  /** How many problems are reported at most; 20 unless given. */
  readonly maxProblems?: number;
  /** The types of messages inside of `google.protobuf.Any`; none unless given. */
  readonly anyTypes?: AnyTypes;
}
