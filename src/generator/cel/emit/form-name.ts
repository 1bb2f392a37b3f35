import type { Code } from "../../code.ts";
import type { Form, Value } from "./value.ts";

/**
 * A name for how a value is kept and read: two lists whose elements have the
 * same one may stand for each other.
 */
export function formName({ code, form, range }: Value): string {
  return `${codeName(code)} ${kindName(form)} ${range?.min} ${range?.max}`;
}

function kindName(form: Form): string {
  switch (form.kind) {
    case "list":
    case "map":
      return `${form.kind} ${form.name}`;
    case "message":
      return `${form.desc.typeName} ${form.shape}`;
    case "nullable":
      return `nullable ${kindName(form.of)}`;
    default:
      return form.kind;
  }
}

function codeName(parts: Code): string {
  return parts.map((part) => (typeof part === "string" ? part : partName(part))).join("");
}

function partName(part: Exclude<Code[number], string>): string {
  return part.kind === "import" ? part.name : part.kind;
}
