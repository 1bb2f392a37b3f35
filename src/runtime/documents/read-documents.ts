import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServedDocument } from "./documents-door.ts";

/**
 * Reads the documents in a folder and below it: what protoc-gen-botwire-spec
 * wrote. Throws if the folder can't be read, or has none.
 *
 * @param folder relative to the working directory, or absolute
 */
export function readDocuments(folder: string): ServedDocument[] {
  const documents = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: file.slice(join(folder, "/").length).replaceAll("\\", "/"),
      text: readFileSync(file, "utf8"),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (documents.length === 0) {
    throw new Error(`there are no documents in ${JSON.stringify(folder)}: run buf generate`);
  }
  return documents;
}
