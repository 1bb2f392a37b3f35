import { createPipeline, type PipelineOptions } from "botwire";
import { notes, recordingLogger } from "./fixtures.ts";

/** A pipeline of `NoteService` whose log lines are kept instead of printed. */
export function quietPipeline(options: Partial<PipelineOptions> = {}) {
  const { log, lines } = recordingLogger();
  return { pipeline: createPipeline({ actions: [notes()], log, ...options }), lines };
}
