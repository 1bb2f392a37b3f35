import type { DescMessage } from "@bufbuild/protobuf";

/**
 * TypeScript expressions as data. An expression knows which run-time helpers
 * it needs, and which constants should be made once per module, so that those
 * who build expressions need no hold on the file that they end up in.
 */
export type Code = readonly CodePart[];

export type CodePart = string | ImportedName | ModuleConstant | MessageTypeName;

/** A name that the generated module must import. */
export interface ImportedName {
  readonly kind: "import";
  readonly name: string;
  readonly from: string;
  /** Only types refer to it, so that nothing is imported at run time. */
  readonly typeOnly?: boolean;
}

/**
 * A value that the generated module should make once, at its top level.
 * Constants with the same code are the same constant.
 */
export interface ModuleConstant {
  readonly kind: "constant";
  /** What a good name begins with, for example `pattern`. */
  readonly hint: string;
  /** The value; a function if the value refers to the constant itself, which then has a `key`. */
  readonly value: Code | (() => Code);
  /** Constants with the same key are the same constant, whatever their code. */
  readonly key?: string;
  /** The constant's type, where it can't be inferred. */
  readonly type?: Code;
}

/** The name of the TypeScript type of a message, which is imported as a type. */
export interface MessageTypeName {
  readonly kind: "type";
  readonly desc: DescMessage;
}

/** What may stand in a template of `code`. */
export type CodeValue = string | number | CodePart | Code;

/** Code from a template; strings in it are code, never string literals (see `literal`). */
export function code(template: TemplateStringsArray, ...values: readonly CodeValue[]): Code {
  const parts: CodePart[] = [];
  template.forEach((text, i) => {
    append(parts, text);
    const value = values[i];
    if (typeof value === "number") {
      append(parts, String(value));
    } else if (value !== undefined && typeof value !== "string" && "map" in value) {
      for (const part of value) {
        append(parts, part);
      }
    } else if (value !== undefined) {
      append(parts, value);
    }
  });
  return parts;
}

function append(parts: CodePart[], part: CodePart): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") {
    parts[parts.length - 1] = last + part;
  } else if (part !== "") {
    parts.push(part);
  }
}

/** Several pieces of code with something between them. */
export function join(pieces: readonly Code[], separator: string): Code {
  const parts: CodePart[] = [];
  pieces.forEach((piece, i) => {
    for (const part of i === 0 ? piece : [separator, ...piece]) {
      append(parts, part);
    }
  });
  return parts;
}

/** A helper of `botwire/validate`. */
export function helper(name: string): ImportedName {
  return { kind: "import", name, from: "botwire/validate" };
}

/** A string literal that is safe in any TypeScript source. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\ufeff\ufff9-\ufffb]|[\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** How code becomes text in a module: who names what it imports and its constants. */
export interface CodeScope {
  /** The local name of a message's type. */
  type(name: MessageTypeName): string;
  /** The local name of an imported symbol. */
  import(name: ImportedName): string;
  /** The name of the constant. */
  constant(constant: ModuleConstant): string;
}

/** The code as text. */
export function printCode(scope: CodeScope, parts: Code): string {
  return parts.map((part) => (typeof part === "string" ? part : nameOf(scope, part))).join("");
}

function nameOf(scope: CodeScope, part: Exclude<CodePart, string>): string {
  switch (part.kind) {
    case "import":
      return scope.import(part);
    case "constant":
      return scope.constant(part);
    case "type":
      return scope.type(part);
  }
}

/** The code of a constant's value. */
export function constantValue({ value }: ModuleConstant): Code {
  return typeof value === "function" ? value() : value;
}
