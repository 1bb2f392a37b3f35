import type { DescFile, DescMessage, DescService } from "@bufbuild/protobuf";
import { safeIdentifier } from "@bufbuild/protoplugin";
import { key, messagesOf } from "../../message-model/property.ts";
import type { ServiceModel } from "../../model/action-model.ts";
import type { Diagnostics } from "../../model/diagnostics.ts";
import { qualifiedName } from "../qualified-name.ts";

/** The exported name of a message's schema; nested messages are `Outer_InnerSchema`. */
export function schemaName(message: DescMessage): string {
  return `${qualifiedName(message)}Schema`;
}

/** The exported name of a service's contract. */
export function serviceName(service: DescService): string {
  return safeIdentifier(service.name);
}

/** A property's name as it stands in an object literal or type. */
export function propertyKey(name: string): string {
  // Without the brackets it would set the object's prototype.
  return name === "__proto__" ? `["__proto__"]` : key(name);
}

/** Reports declarations of a file that would be exported by the same name. */
export function checkContractNames(
  file: DescFile,
  services: readonly ServiceModel[],
  diagnostics: Diagnostics,
): void {
  const owners = new Map<string, DescMessage | DescService>();
  const claim = (name: string, desc: DescMessage | DescService) => {
    const owner = owners.get(name);
    if (owner === undefined) {
      owners.set(name, desc);
    } else {
      diagnostics.report(
        desc,
        `${desc.kind} ${desc.typeName} and ${owner.kind} ${owner.typeName} would both be exported as "${name}": rename one of them`,
      );
    }
  };
  for (const message of messagesOf(file)) {
    claim(schemaName(message), message);
  }
  for (const { desc } of services) {
    claim(serviceName(desc), desc);
  }
}
