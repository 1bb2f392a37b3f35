import type { Code } from "../../code.ts";
import type { CelType } from "../cel-type.ts";
import { listOf } from "./containers.ts";
import { unsupported } from "./emitter.ts";
import { celHelper } from "./helpers.ts";
import { bigintForm } from "./integers.ts";
import { timeForm } from "./shapes.ts";
import { boxed, callCode, type Form, plain, primary, type Value } from "./value.ts";

/**
 * The value inside of a boxed one, which must be of the type.
 *
 * @param fails whether the code that gives the boxed value may fail
 */
export function unbox(text: Code, type: CelType, fails = false, trusted = false): Value {
  const open = (helper: string, form: Form) =>
    primary(callCode(celHelper(helper), [text]), type, form, { fails: fails || !trusted });
  switch (type.kind) {
    case "bool":
      return open("asBool", plain);
    case "int":
      return open("asInt", bigintForm);
    case "uint":
      return open("asUint", bigintForm);
    case "double":
      return open("asDouble", plain);
    case "string":
      return open("asText", plain);
    case "bytes":
      return open("asBytes", plain);
    case "timestamp":
      return open("asTimestamp", timeForm);
    case "duration":
      return open("asDuration", timeForm);
    case "list":
      return open(
        "asList",
        listOf((element) => unbox(element, type.element, false, trusted)),
      );
    case "map":
      return open("asMap", boxed);
    case "optional":
      return unsupported("optional values are not supported");
    default:
      return primary(text, type, boxed, { fails });
  }
}
