import type { FieldPathElement } from "./violation.ts";

/** What all violations have in common that are reported at one place of a generated validator. */
export interface Site {
  /** The path to the field, of one step; empty if the rule is about the whole message. */
  readonly field: readonly FieldPathElement[];
  /** Where the rule is inside the rule messages. */
  readonly rule: readonly FieldPathElement[];
  readonly ruleId: string;
  /** True if the rule is about a map's keys. */
  readonly forKey: boolean;
}

/**
 * Sites are texts in generated code, so that there are no more of them than that
 * has. None is the name of a member of all objects: they begin with a digit, or
 * have a `|`.
 */
const known: Record<string, Site> = {};

/**
 * Reads a site: `field|rule|id`, for example `2name:9|14string/2min_len:4`.
 * The id is left out where it is the end of the rule's path, as that of most
 * standard rules is: `string.min_len`. A step is the
 * number, name and type of a field; then come the types of its keys and values
 * if it is a map, or an index in the path of a rule that is one of several.
 * Types are numbers of `google.protobuf.FieldDescriptorProto.Type`; 11, a
 * message, is left out.
 */
export function siteOf(text: string): Site {
  return known[text] ?? readSite(text);
}

function readSite(text: string): Site {
  const [place, path, ...id] = text.split("|");
  const rule = path ? path.split("/").map(stepOf) : [];
  const site = {
    field: place ? [stepOf(place)] : [],
    rule,
    // An id may be any text, also an empty one.
    ruleId: id.length
      ? id.join("|")
      : rule
          .slice(-2)
          .map(({ fieldName }) => fieldName)
          .join("."),
    forKey: rule[1]?.fieldName === "keys",
  };
  known[text] = site;
  return site;
}

function stepOf(text: string): FieldPathElement {
  const [number, fieldName = "", type = "11", keyType = "", valueType] = text
    .replace(/^\d*/, "$&:")
    .split(":");
  return {
    fieldName,
    // A oneof has only a name.
    ...(number && { fieldNumber: +number, fieldType: +type }),
    ...(valueType
      ? { keyType: +keyType, valueType: +valueType }
      : keyType && { subscript: { kind: "index", value: +keyType } }),
  };
}
