import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { Json } from "./json.ts";
import type { Value } from "./value-type.ts";

/** A message. Messages refer to each other, in circles where the .proto does. */
export interface MessageType {
  /** Full name, for example `almanac.v1.Place`. */
  readonly typeName: string;
  /** The name without the package, for example `Outer.Inner`. */
  readonly name: string;
  /** The .proto's comment, unwrapped. */
  readonly description: string;
  readonly deprecated: boolean;
  readonly fields: readonly Field[];
  /** Groups of fields of which at most one is set. */
  readonly choices: readonly Choice[];
  /** Rules about the whole message that only words can say. */
  readonly notes: readonly string[];
  readonly desc: DescMessage;
}

/** A field of a message. */
export interface Field {
  /** As the .proto has it: the platform doors write this name. */
  readonly name: string;
  /** The .proto's comment, unwrapped. */
  readonly description: string;
  readonly deprecated: boolean;
  /** A message without it is invalid. */
  readonly required: boolean;
  /** Setting it to its zero value is the same as leaving it out. */
  readonly implicit: boolean;
  readonly value: Value;
  /** What a reader takes if the field is left out, where that isn't the type's zero. */
  readonly fallback: Json | undefined;
  /** Values that the .proto gives as examples. */
  readonly examples: readonly Json[];
  readonly desc: DescField;
}

/** A oneof, or a group of the option `(buf.validate.message).oneof`. */
export interface Choice {
  /** Names of fields. */
  readonly fields: readonly string[];
  /** Exactly one is set. */
  readonly required: boolean;
}
