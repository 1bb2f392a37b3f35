import type {
  AnyDesc,
  DescEnum,
  DescField,
  DescFile,
  DescMessage,
  DescOneof,
} from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol } from "@bufbuild/protoplugin";
import type { ValueShape } from "./value-shape.ts";

/** A field as the map that it is. */
export type DescMap = DescField & { readonly fieldKind: "map" };

/**
 * How generated code touches messages: everything that differs between the
 * libraries that print the message types. Emitters ask the model and never
 * branch on its name.
 *
 * Functions that return code return TypeScript expressions, and those that
 * take code take an expression that may be evaluated more than once (a local
 * variable).
 */
export interface MessageModel {
  /** The library's name, for people. */
  readonly name: string;

  /** Why messages of this file can't be used, each with its place and mend. */
  check(file: DescFile): readonly ModelProblem[];

  /** The TypeScript type of a message or enum, as a type-only import. */
  type(f: GeneratedFile, desc: DescMessage | DescEnum): ImportSymbol;

  /** The name of the property that holds a field or a oneof group. */
  property(member: DescField | DescOneof): string;

  /**
   * Code for the value of a field outside a oneof, or for the oneof group
   * itself. It may be undefined if the field has presence (see `isSet`).
   */
  read(message: string, member: DescField | DescOneof): string;

  /**
   * Code that is true if a field is set. Only for fields outside a oneof that
   * have presence: messages, `optional`, proto2 and most of editions.
   */
  isSet(message: string, field: DescField): string;

  /** The shape of a field's value, of its elements, or of its map's values. */
  shape(field: DescField): ValueShape;

  /**
   * How a map is kept. In an `object` every key is a property name; in a `Map`
   * keys are strings, numbers, booleans or bigints, as the field's key type says.
   */
  mapForm(field: DescMap): "object" | "Map";

  /** How the selected member of a oneof group is kept. */
  readonly oneof: OneofForm;

  /** What an object literal needs to be a message of this type. */
  literal(message: DescMessage): MessageLiteral;

  /**
   * The message's binary codec, an object with `encode` and `decode`, as an
   * import. Undefined if messages are those of protobuf-es, which need none to
   * cross Connect.
   */
  readonly binaryCodec: ((f: GeneratedFile, message: DescMessage) => ImportSymbol) | undefined;
}

/** A oneof group is an object with a discriminator and a value. */
export interface OneofForm {
  /** The discriminator's property: its value is the selected field's `property`. */
  readonly discriminator: "$case" | "case";
  /** Code for the discriminator of a group, undefined without a member. */
  selected(group: string): string;
  /** Code for the group if nothing is selected. */
  readonly none: string;
}

/** What an object literal needs to be a message, beside its fields. */
export interface MessageLiteral {
  /** The type name that the message carries in `$typeName`, if it does. */
  readonly typeName: string | undefined;
  /**
   * Fields whose default values live on the message's prototype: while such a
   * field isn't set, the message has no own property for it.
   */
  readonly inherited: readonly DescField[];
}

/** Why a model can't serve a descriptor, and what to do about it. */
export interface ModelProblem {
  readonly desc: AnyDesc;
  readonly message: string;
}

/** Where the message types are. */
export interface ModelPaths {
  /**
   * The module with the types of a file, without extension: relative to the
   * plugin's output (`./../types/foo/v1/bar`) or a package's. A model adds the
   * suffix that its library prints (`.js`, `_pb.js`).
   */
  types(file: DescFile): string;
}
