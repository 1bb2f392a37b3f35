import type { AnyDesc } from "@bufbuild/protobuf";
import {
  comparePositions,
  compareText,
  type SourcePosition,
  sourcePosition,
} from "./source-location.ts";

/** Something in a .proto that can't be generated, and how to mend it. */
export interface Diagnostic extends SourcePosition {
  readonly message: string;
}

/**
 * Collects what is wrong with the .proto files, so that one run tells
 * everything.
 *
 * Text that comes from a .proto belongs into a message only with `quote`
 * around it, unless it is an identifier.
 */
export interface Diagnostics {
  /**
   * Notes a problem with a descriptor, or with an option of it: `option` is a
   * path of field numbers inside the options message, `[1159, 14, 2]` for
   * `(buf.validate.field).string.min_len`. The message names the mend.
   */
  report(desc: AnyDesc, message: string, option?: readonly number[]): void;

  /** How many different problems there are so far. */
  readonly count: number;

  /** Throws a DiagnosticsError with all problems in the order of the sources, if there are any. */
  throwIfAny(): void;
}

/** Everything that is wrong with the .proto files of a run. */
export class DiagnosticsError extends Error {
  override readonly name = "DiagnosticsError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic));
    super(
      [`${lines.length} problem${lines.length === 1 ? "" : "s"} in .proto files`, ...lines].join(
        "\n",
      ),
    );
    this.diagnostics = diagnostics;
  }
}

/** An empty collection. */
export function createDiagnostics(): Diagnostics {
  const found = new Map<string, Diagnostic>();
  return {
    report(desc, message, option) {
      const diagnostic = { ...sourcePosition(desc, option), message };
      found.set(formatDiagnostic(diagnostic), diagnostic);
    },
    get count() {
      return found.size;
    },
    throwIfAny() {
      if (found.size > 0) {
        throw new DiagnosticsError([...found.values()].sort(compareDiagnostics));
      }
    },
  };
}

/** `file:line:col` of a descriptor or an option of it, to name a second place in a message. */
export function placeOf(desc: AnyDesc, option?: readonly number[]): string {
  return formatPosition(sourcePosition(desc, option));
}

/** Text of a .proto as it may stand in a message: in quotes, with nothing that breaks a line. */
export function quote(text: string): string {
  return escapeControls(JSON.stringify(text));
}

/** What an error says, for a message. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function formatDiagnostic(diagnostic: Diagnostic): string {
  return `${formatPosition(diagnostic)}: ${escapeControls(diagnostic.message)}`;
}

function formatPosition({ file, line, column }: SourcePosition): string {
  return `${escapeControls(file)}:${line}:${column}`;
}

/** Escapes what could forge a line or turn the direction of the text around it. */
function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return comparePositions(a, b) || compareText(a.message, b.message);
}
