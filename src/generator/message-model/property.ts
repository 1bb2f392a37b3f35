import type { DescField, DescFile, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { ModelProblem } from "./message-model.ts";

/** Code that reads a property by any name. */
export function access(object: string, property: string): string {
  return isIdentifierName(property)
    ? `${object}.${property}`
    : `${object}[${JSON.stringify(property)}]`;
}

/** A property's name as it stands in an object literal. */
export function key(property: string): string {
  return isIdentifierName(property) ? property : JSON.stringify(property);
}

/** Whether every object inherits a property of this name from Object.prototype. */
export function isInherited(property: string): boolean {
  return property in Object.prototype;
}

/** All messages of a file, nested ones included, but no map entries. */
export function messagesOf(file: DescFile): DescMessage[] {
  return [...nestedTypes(file)].filter((desc) => desc.kind === "message");
}

/** Fields and oneofs whose names become the same property. */
export function propertyClashes(
  file: DescFile,
  property: (member: DescField | DescOneof) => string,
): ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const message of messagesOf(file)) {
    const owners = new Map<string, DescField | DescOneof>();
    for (const member of message.members) {
      const name = property(member);
      const owner = owners.get(name);
      if (owner === undefined) {
        owners.set(name, member);
      } else {
        problems.push({
          desc: member,
          message: `"${member.name}" and "${owner.name}" both become the property "${name}": rename one of them`,
        });
      }
    }
  }
  return problems;
}

function isIdentifierName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
