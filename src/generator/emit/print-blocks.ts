import type { GeneratedFile } from "@bufbuild/protoplugin";

/** Runs what prints the blocks of a file, with an empty line between them. */
export function printBlocks(f: GeneratedFile, blocks: readonly (() => void)[]): void {
  blocks.forEach((print, i) => {
    if (i > 0) {
      f.print();
    }
    print();
  });
}
