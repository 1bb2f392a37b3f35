import type { FieldPathElement } from "./violation.ts";

/** What all violations have in common that are reported at one place of a generated validator. */
export interface Site {
  /** The step to the field; none if the rule is about the whole message. */
  readonly step: FieldPathElement | undefined;
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
  const [field, path, ...id] = text.split("|");
  const rule = stepsOf(path);
  const site = {
    step: stepsOf(field)[0],
    rule,
    // An id may be any text, also an empty one.
    ruleId:
      id.length > 0
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

function stepsOf(path: string | undefined): FieldPathElement[] {
  return path ? path.split("/").map(stepOf) : [];
}

function stepOf(text: string): FieldPathElement {
  const [field = "", type = "11", keyType = "", valueType] = text.split(":");
  const fieldName = field.replace(/^\d+/, "");
  return {
    fieldName,
    // A oneof has only a name.
    ...(field !== fieldName && { fieldNumber: +field.replace(fieldName, ""), fieldType: +type }),
    ...(valueType
      ? { keyType: +keyType, valueType: +valueType }
      : keyType && { subscript: { kind: "index", value: +keyType } }),
  };
}
