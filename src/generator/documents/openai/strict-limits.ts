import type { MessageType } from "../../tool-model/message-type.ts";
import { levelsBelow, reachableMessages } from "../../tool-model/nested.ts";
import type { ValueType } from "../../tool-model/value-type.ts";

const maxProperties = 5000;
/** How many objects may lie in each other. */
export const maxDepth = 10;
const maxEnumValues = 1000;
const maxText = 120_000;

/**
 * Whether the strict form of function calling can say a message: it has no
 * free-form objects, and limits on how much there is.
 */
export function fitsStrict(root: MessageType): boolean {
  let properties = 0;
  let enumValues = 0;
  let text = 0;
  for (const { fields, typeName } of reachableMessages([root])) {
    text += typeName.length;
    properties += fields.length;
    for (const { name, value } of fields) {
      if (isFree(value.type)) {
        return false;
      }
      const names = namesOf(value.type);
      enumValues += names.length;
      text += name.length + names.reduce((sum, { length }) => sum + length, 0);
    }
  }
  return (
    properties <= maxProperties &&
    enumValues <= maxEnumValues &&
    text <= maxText &&
    levelsBelow(root) <= maxDepth
  );
}

/** Whether a value is an object whose properties are not declared. */
function isFree(type: ValueType): boolean {
  switch (type.kind) {
    case "map":
    case "struct":
    case "any":
    case "json":
    case "jsonList":
      return true;
    case "list":
      return isFree(type.items.type);
    default:
      return false;
  }
}

function namesOf(type: ValueType): readonly string[] {
  switch (type.kind) {
    case "enum":
      return type.enum.values.map(({ name }) => name);
    case "list":
      return namesOf(type.items.type);
    default:
      return [];
  }
}
