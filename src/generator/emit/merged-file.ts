import type { GeneratedFile, ImportSymbol, Printable } from "@bufbuild/protoplugin";

/**
 * A file that hands on what is printed in large pieces, and has one symbol for
 * all uses of an import. `GeneratedFile` keeps every string and symbol until all
 * files are written, which takes a lot of memory for the many small ones that
 * code is printed with.
 */
export interface MergedFile {
  readonly file: GeneratedFile;
  /** Hands on the rest. Nothing may be printed after that. */
  flush(): void;
}

/** Merges what is printed to a file. */
export function mergedFile(file: GeneratedFile): MergedFile {
  const pieces: Printable[] = [];
  let texts: string[] = [];
  const symbols = new Map<string, ImportSymbol>();

  function importSymbol(name: string, from: string, typeOnly = false): ImportSymbol {
    const key = JSON.stringify([name, from, typeOnly]);
    const symbol = symbols.get(key) ?? file.import(name, from, typeOnly);
    symbols.set(key, symbol);
    return symbol;
  }

  function add(printable: Printable): void {
    if (typeof printable === "string") {
      texts.push(printable);
    } else if (Array.isArray(printable)) {
      printable.forEach(add);
    } else {
      pieces.push(texts.join(""), printable);
      texts = [];
    }
  }

  function print(first?: Printable | TemplateStringsArray, ...rest: readonly Printable[]): void {
    if (isTemplate(first)) {
      first.forEach((fragment, i) => {
        texts.push(fragment);
        const value = rest[i];
        if (value !== undefined) {
          add(value);
        }
      });
    } else {
      for (const printable of first === undefined ? rest : [first, ...rest]) {
        add(printable);
      }
    }
    texts.push("\n");
  }

  return {
    file: { ...file, print, import: importSymbol },
    flush() {
      if (texts.length > 0) {
        // The file ends every line by itself.
        texts.pop();
        file.print(...pieces, texts.join(""));
      }
    },
  };
}

function isTemplate(
  value: Printable | TemplateStringsArray | undefined,
): value is TemplateStringsArray {
  return Array.isArray(value) && "raw" in value;
}
