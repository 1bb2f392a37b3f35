import type { Diagnostics } from "../model/diagnostics.ts";
import type { SpecOptions } from "../options/spec-options.ts";
import type { ToolModel } from "../tool-model/tool-model.ts";

/** A file that is written. */
export interface Document {
  /** Relative to the plugin's output. */
  readonly path: string;
  readonly content: string;
}

/**
 * Writes the documents of one kind of platform, and reports what the platform
 * can't express. A new platform is a new emitter, and a word in the option
 * `target`.
 */
export type DocumentEmitter = (
  model: ToolModel,
  options: SpecOptions,
  diagnostics: Diagnostics,
) => Document[];
