import type { DescMessage } from "@bufbuild/protobuf";
import type { MessageModel } from "../message-model/message-model.ts";
import type { MarkBook } from "../model/mark-book.ts";
import type { IsSkipped } from "../model/skip-book.ts";
import type { ImportPaths } from "../options/import-paths.ts";

/** What all emitters of a run share. */
export interface EmitContext {
  /** How generated code touches messages. */
  readonly model: MessageModel;
  /** Where the modules of a .proto file are. */
  readonly paths: ImportPaths;
  /** Whether codecs are tables. */
  readonly isCompact: boolean;
  /** Whether a message, or one below it, has rules: it has a validator then. */
  hasRules(message: DescMessage): boolean;
  /** Which fields a scanner has to see. */
  readonly scans: MarkBook;
  /** Which fields must not be shown. */
  readonly secrets: MarkBook;
  /** Which fields readers of JSON leave out. */
  readonly isSkipped: IsSkipped;
  /** The version of botwire that generates. */
  readonly version: string;
}
