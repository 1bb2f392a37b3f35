// typia's checks are made by a transform of the TypeScript compiler. From
// version 13 on that is a plugin in Go, built from source that no npm package
// has, so this is the last version with a transform in JavaScript.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import transform from "typia/lib/transform";

const folder = resolve(import.meta.dirname, "../generated/typia");

function compile(source) {
  const program = ts.createProgram([source], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    skipLibCheck: true,
    types: [],
    outDir: folder,
  });
  const problems = [...ts.getPreEmitDiagnostics(program)];
  const transformer = transform(program, {}, { addDiagnostic: (p) => problems.push(p) });
  mkdirSync(folder, { recursive: true });
  program.emit(undefined, undefined, undefined, false, { before: [transformer] });
  if (problems.length > 0) {
    throw new Error(ts.formatDiagnostics(problems, { ...ts.sys, getNewLine: () => "\n" }));
  }
}

compile(resolve(import.meta.dirname, "meeting.ts"));
const { isMeeting } = await import(pathToFileURL(resolve(folder, "meeting.js")).href);

/** Answers whether an object is valid; the rules that typia has no tags for are added. */
export const typia = (meeting) => {
  if (!isMeeting(meeting)) {
    return false;
  }
  const keys = Object.keys(meeting.labels);
  return (
    keys.length >= 1 &&
    keys.length <= 16 &&
    keys.every((key) => /^[a-z_]{1,32}$/.test(key)) &&
    meeting.start < meeting.end &&
    meeting.attendees.length <= meeting.capacity
  );
};
