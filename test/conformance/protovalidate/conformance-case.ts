import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fromBinary, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import {
  type Violation,
  ViolationsSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

/** One case of the suite. */
export interface ConformanceCase {
  readonly suite: string;
  readonly name: string;
  /** Full name of the message type. */
  readonly type: string;
  readonly input: Uint8Array;
  readonly wanted: Outcome;
}

/** What validating a message comes to. */
export type Outcome =
  | { readonly kind: "violations"; readonly violations: readonly Violation[] }
  | { readonly kind: "compilationError" | "runtimeError"; readonly reason?: string };

/** How many cases there are: none may go missing. */
export const caseCount = 2872;

/** The present of the cases that ask for it. */
export const now = new Date("2026-11-22T06:09:34Z");

/** The files with all messages of the cases. */
export function readFiles(): FileDescriptorProto[] {
  return fromBinary(FileDescriptorSetSchema, readData("descriptors.binpb.gz")).file;
}

/** All cases. */
export function readCases(): ConformanceCase[] {
  const lines = readData("cases.jsonl.gz").toString().trim().split("\n");
  return lines.map((line) => {
    const { suite, case: name, type, input, wanted } = JSON.parse(line);
    const bytes = Buffer.from(input, "base64");
    return { suite, name, type, input: bytes, wanted: outcomeOf(wanted) };
  });
}

function outcomeOf(wanted: Readonly<Record<string, JsonValue>>): Outcome {
  if (wanted["compilationError"] || wanted["runtimeError"]) {
    return { kind: wanted["compilationError"] ? "compilationError" : "runtimeError" };
  }
  const { violations } = fromJson(ViolationsSchema, { violations: wanted["violations"] ?? [] });
  return { kind: "violations", violations };
}

function readData(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(name, import.meta.url)));
}
