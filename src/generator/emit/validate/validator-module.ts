import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import { type Code, code, type ModuleConstant } from "../../code.ts";

/** Collects the lines of a module, and prints them with the constants that they need. */
export interface ValidatorModule {
  /** Adds a line. */
  line(line: Code): void;
  /** Adds a block: `head {`, what `body` adds, and `}` with what follows it. */
  block(head: Code, body: () => void, tail?: Code): void;
  /** Adds a function, with an empty line between it and the one before. */
  function(head: Printable[], body: () => void): void;
  /** Prints everything, constants last: functions are only called when they are made. */
  print(): void;
}

interface Line {
  readonly depth: number;
  readonly printed: readonly Printable[];
}

/** A module that is printed to a file. */
export function createValidatorModule(f: GeneratedFile): ValidatorModule {
  const constants = createConstants(f);
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
      lines.push({ depth: 0, printed: [...head, " {"] });
      depth++;
      body();
      depth--;
      line(code`}`);
    },
    print() {
      for (const { depth, printed } of lines) {
        f.print("  ".repeat(printed.length === 0 ? 0 : depth), ...printed);
      }
      constants.print();
    },
  };
}

/** Makes each constant of a module once. */
function createConstants(f: GeneratedFile) {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const declarations: Printable[][] = [];

  function printables(parts: Code): Printable[] {
    return parts.map((part) => {
      if (typeof part === "string") {
        return part;
      }
      return part.kind === "import" ? f.import(part.name, part.from) : nameOf(part);
    });
  }

  function nameOf(constant: ModuleConstant): string {
    const key = keyOf(constant.value);
    let name = names.get(key);
    if (name === undefined) {
      name = freeName(constant.hint);
      names.set(key, name);
      declarations.push([`const ${name} = `, ...printables(constant.value), ";"]);
    }
    return name;
  }

  /** The code as text, which is the same for constants that are the same. */
  function keyOf(parts: Code): string {
    return parts
      .map((part) => {
        if (typeof part === "string") {
          return part;
        }
        return part.kind === "import" ? `${part.from}#${part.name}` : nameOf(part);
      })
      .join("");
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
