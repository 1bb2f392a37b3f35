import type { ParamKinds } from "../../codec/params.ts";
import { type Field, protoName } from "../fields.ts";
import type { CompactCodec } from "../message.ts";
import { bool } from "../scalars/bool.ts";

/** How the texts of a message's parameters are read: found out when the first ones are. */
export function paramKinds<T>(codec: CompactCodec<T>): ParamKinds {
  let kinds: Required<Pick<ParamKinds, "bool" | "json">> | undefined;
  const find = () => {
    const fields = codec.fields();
    kinds ??= {
      bool: namesOf(fields.filter(({ type }) => type === bool)),
      json: namesOf(fields.filter(isJson)),
    };
    return kinds;
  };
  return {
    get bool() {
      return find().bool;
    },
    get json() {
      return find().json;
    },
  };
}

/** Whether a field is more than a scalar or enum. */
function isJson({ type }: Field): boolean {
  return type.isBlank === undefined || "element" in type || type.takesNull === true;
}

function namesOf(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [field.jsonName, protoName(field)]);
}
