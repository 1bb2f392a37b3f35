import { type Code, code } from "../../code.ts";

/** A helper of `botwire/cel`, which only modules with compiled CEL import. */
export function celHelper(name: string): Code {
  return code`${{ kind: "import", name, from: "botwire/cel" } as const}`;
}

/** A type of `botwire/cel`. */
export function celTypeName(name: string): Code {
  return code`${{ kind: "import", name, from: "botwire/cel", typeOnly: true } as const}`;
}

/** A helper that standard rules use as well. */
export function validateHelper(name: string): Code {
  return code`${{ kind: "import", name, from: "botwire/validate" } as const}`;
}
