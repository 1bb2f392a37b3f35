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

/** Sites are texts in generated code, so that there are no more of them than that has. */
const known: Record<string, Site> = /* @__PURE__ */ Object.create(null);

/**
 * Reads a site: `field|rule|id`, for example `name:2:9|string:14:11/min_len:2:4`.
 * The id is left out where it is the end of the rule's path, as that of most
 * standard rules is: `string.min_len`. A step is `name:number:type`, with the
 * types of its keys and values if it is a map, and with an index in the path of
 * a rule that is one of several. Types are numbers of
 * `google.protobuf.FieldDescriptorProto.Type`.
 */
export function siteOf(text: string): Site {
  let site = known[text];
  if (site === undefined) {
    site = readSite(text);
    known[text] = site;
  }
  return site;
}

function readSite(text: string): Site {
  const [field, path, ...id] = text.split("|");
  const rule = stepsOf(path);
  return {
    step: stepsOf(field)[0],
    rule,
    // An id may be any text, also an empty one.
    ruleId: id[0] === undefined ? rule.slice(-2).map(nameOf).join(".") : id.join("|"),
    forKey: rule[1]?.fieldName === "keys",
  };
}

function stepsOf(path: string | undefined): FieldPathElement[] {
  return path ? path.split("/").map(stepOf) : [];
}

function stepOf(text: string): FieldPathElement {
  const [fieldName = "", fieldNumber, fieldType, keyType, valueType] = text.split(":");
  return {
    fieldName,
    // A oneof has only a name.
    ...(fieldType && { fieldNumber: Number(fieldNumber), fieldType: Number(fieldType) }),
    ...(valueType
      ? { keyType: Number(keyType), valueType: Number(valueType) }
      : keyType && { subscript: { kind: "index", value: Number(keyType) } }),
  };
}

function nameOf({ fieldName }: FieldPathElement): string {
  return fieldName;
}
