import type { DescMessage } from "@bufbuild/protobuf";
import type { MessageModel } from "../message-model/message-model.ts";
import type { ScanBook } from "../model/scan-book.ts";
import type { ImportPaths } from "../options/import-paths.ts";

/** What all emitters of a run share. */
export interface EmitContext {
  /** How generated code touches messages. */
  readonly model: MessageModel;
  /** Where the modules of a .proto file are. */
  readonly paths: ImportPaths;
  /** Whether a message, or one below it, has rules: it has a validator then. */
  hasRules(message: DescMessage): boolean;
  /** Which fields a scanner has to see. */
  readonly scans: ScanBook;
  /** The version of botwire that generates. */
  readonly version: string;
}
