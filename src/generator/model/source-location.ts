import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, type SourceCodeInfo_Location } from "@bufbuild/protobuf/wkt";
import { fileOf, optionsFieldNumber, sourcePath } from "./source-path.ts";

/** A place in a .proto file. Lines and columns count from one. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where a descriptor is declared, or where an option of it is set.
 *
 * `option` is a path of field numbers inside the descriptor's options message:
 * `[1159, 14, 2]` is `(buf.validate.field).string.min_len`. Compilers don't
 * keep a place for everything, so this is the place of the first option inside
 * of it, or the closest place that surrounds it.
 */
export function sourcePosition(desc: AnyDesc, option: readonly number[] = []): SourcePosition {
  const file = fileOf(desc);
  const own =
    desc.kind === "file" ? [FileDescriptorProtoSchema.field.syntax.number] : sourcePath(desc);
  const path =
    option.length === 0 ? own : [...sourcePath(desc), optionsFieldNumber(desc), ...option];
  const index = locationsOf(file);
  const inside = index.has(path.join()) ? undefined : placeInside(index, path);
  if (inside !== undefined) {
    return { file: file.proto.name, ...inside };
  }
  for (let length = path.length; length > 0; length--) {
    const [line, column] = index.get(path.slice(0, length).join())?.span ?? [];
    if (line !== undefined && column !== undefined) {
      return { file: file.proto.name, line: line + 1, column: column + 1 };
    }
  }
  return { file: file.proto.name, line: 1, column: 1 };
}

/** Where the first of the locations below a path is. */
function placeInside(
  index: LocationIndex,
  path: readonly number[],
): Omit<SourcePosition, "file"> | undefined {
  const prefix = `${path.join()},`;
  const [first] = [...index]
    .filter(([key]) => key.startsWith(prefix))
    .map(([, { span }]) => ({ line: (span[0] ?? 0) + 1, column: (span[1] ?? 0) + 1 }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return first;
}

/** What the compiler kept about the source of a descriptor: place and comments. */
export function sourceLocation(
  desc: Exclude<AnyDesc, DescFile>,
): SourceCodeInfo_Location | undefined {
  return locationsOf(fileOf(desc)).get(sourcePath(desc).join());
}

/** The positions of two descriptors of one run, in the order of reading. */
export function comparePositions(a: SourcePosition, b: SourcePosition): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** The order of UTF-16 code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type LocationIndex = ReadonlyMap<string, SourceCodeInfo_Location>;

const indices = new WeakMap<DescFile, LocationIndex>();

/** Locations by path. Without an index every look-up would walk the whole file. */
function locationsOf(file: DescFile): LocationIndex {
  let index = indices.get(file);
  if (index === undefined) {
    const locations = file.proto.sourceCodeInfo?.location ?? [];
    // The first location of a path counts, as comments are kept there.
    index = new Map(locations.toReversed().map((location) => [location.path.join(), location]));
    indices.set(file, index);
  }
  return index;
}
