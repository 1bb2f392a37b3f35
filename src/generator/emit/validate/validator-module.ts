import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import { type Code, type CodePart, code, constantValue, type ModuleConstant } from "../../code.ts";
import type { MessageModel } from "../../message-model/message-model.ts";

/** Collects the lines of a module, and prints them with the constants that they need. */
export interface ValidatorModule {
  /** Adds a line. */
  line(line: Code): void;
  /** Adds a block: `head {`, what `body` adds, and `}` with what follows it. */
  block(head: Code, body: () => void, tail?: Code): void;
  /**
   * Adds a function, with an empty line between it and the one before. The head
   * is told which names the body mentions.
   */
  function(head: (mentions: (name: string) => boolean) => Printable[], body: () => void): void;
  /** Prints everything, constants last: functions are only called when they are made. */
  print(): void;
}

interface Line {
  readonly depth: number;
  readonly printed: readonly Printable[];
}

/** A module that is printed to a file. */
export function createValidatorModule(
  f: GeneratedFile,
  model: Pick<MessageModel, "type">,
): ValidatorModule {
  const constants = createConstants(f, model);
  const lines: Line[] = [];
  let depth = 0;
  const line = (text: Code) => {
    lines.push({ depth, printed: constants.printables(text) });
  };
  return {
    line,
    block(head, body, tail = []) {
      line(code`${head}${head.length === 0 ? "" : " "}{`);
      depth++;
      body();
      depth--;
      line(code`}${tail}`);
    },
    function(head, body) {
      if (lines.length > 0) {
        lines.push({ depth: 0, printed: [] });
      }
      const at = lines.length;
      depth++;
      body();
      depth--;
      line(code`}`);
      const printed = head((name) => lines.slice(at).some((own) => mentions(own, name)));
      lines.splice(at, 0, { depth: 0, printed: [...printed, " {"] });
    },
    print() {
      for (const { depth, printed } of lines) {
        f.print("  ".repeat(printed.length === 0 ? 0 : depth), ...printed);
      }
      constants.print();
    },
  };
}

function mentions({ printed }: Line, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return printed.some(
    (part) => typeof part === "string" && word.test(part.replace(/"(?:[^"\\]|\\.)*"/g, '""')),
  );
}

/** Makes each constant of a module once. */
function createConstants(f: GeneratedFile, model: Pick<MessageModel, "type">) {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const declarations: Printable[][] = [];

  function printables(parts: Code): Printable[] {
    return parts.map((part) => (typeof part === "string" ? part : symbolOf(part)));
  }

  function symbolOf(part: Exclude<CodePart, string>): Printable {
    switch (part.kind) {
      case "import":
        return f.import(part.name, part.from, part.typeOnly);
      case "type":
        return model.type(f, part.desc);
      case "constant":
        return nameOf(part);
    }
  }

  function nameOf(constant: ModuleConstant): string {
    const key = constant.key ?? keyOf(constantValue(constant));
    let name = names.get(key);
    if (name === undefined) {
      name = freeName(constant.hint);
      // Before its value is printed, as that may refer to the constant.
      names.set(key, name);
      const type = constant.type === undefined ? [] : [": ", ...printables(constant.type)];
      const value = printables(constantValue(constant));
      declarations.push([`const ${name}`, ...type, " = ", ...value, ";"]);
    }
    return name;
  }

  /** The code as text, which is the same for constants that are the same. */
  function keyOf(parts: Code): string {
    return parts.map((part) => (typeof part === "string" ? part : keyOfPart(part))).join("");
  }

  function keyOfPart(part: Exclude<CodePart, string>): string {
    switch (part.kind) {
      case "import":
        return `${part.from}#${part.name}`;
      case "type":
        return `type#${part.desc.typeName}`;
      case "constant":
        return nameOf(part);
    }
  }

  /** No name in a .proto, and no helper, has a "$" in front. */
  function freeName(hint: string): string {
    let name = `$${hint}`;
    for (let i = 2; taken.has(name); i++) {
      name = `$${hint}_${i}`;
    }
    taken.add(name);
    return name;
  }

  return {
    printables,
    print() {
      if (declarations.length > 0) {
        f.print();
      }
      for (const declaration of declarations) {
        f.print(...declaration);
      }
    },
  };
}
