import type { Registry } from "@bufbuild/protobuf";
import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { AnyTypes } from "./any-type.ts";
import type { JsonValue } from "./json-value.ts";

/**
 * All message types of a protobuf-es registry, for `google.protobuf.Any`.
 *
 * Messages inside of an Any are read and written by protobuf-es, so that any
 * type with a descriptor will do.
 */
export function anyTypesOf(registry: Registry): AnyTypes {
  return {
    get(typeName) {
      const desc = registry.getMessage(typeName);
      return desc === undefined
        ? undefined
        : {
            typeName,
            special: hasCustomJsonRepresentation(desc),
            read(json, { ignoresUnknown, levels }) {
              const message = fromJson(desc, json as JsonValue, {
                registry,
                ignoreUnknownFields: ignoresUnknown,
                recursionLimit: levels,
              });
              return toBinary(desc, message);
            },
            write: (bytes, { usesProtoNames, emitsImplicit }) =>
              toJson(desc, fromBinary(desc, bytes), {
                registry,
                useProtoFieldName: usesProtoNames,
                alwaysEmitImplicit: emitsImplicit,
              }),
          };
    },
  };
}
