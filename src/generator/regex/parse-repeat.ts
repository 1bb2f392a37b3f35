import type { PatternReader } from "./pattern-reader.ts";
import type { RegexNode } from "./regex-node.ts";

/** How often something may be repeated, nested repetitions multiplied, as in RE2. */
const maxRepeat = 1000;

const counted = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y;

/** Whether the reader is at `*`, `+`, `?` or `{n,m}`. Any other `{` is literal. */
export function isRepeatStart(reader: PatternReader): boolean {
  return /^[*+?]$/.test(reader.peek()) || countAt(reader) !== undefined;
}

function countAt(reader: PatternReader): RegExpExecArray | undefined {
  if (!reader.lookingAt("{")) {
    return undefined;
  }
  counted.lastIndex = reader.position;
  return counted.exec(reader.pattern) ?? undefined;
}

/** Reads a repetition and puts it in the place of the last of the items. */
export function parseRepeat(
  reader: PatternReader,
  items: RegexNode[],
  start: number,
  afterRepeat: number,
): void {
  const { min, max } = parseBounds(reader, start);
  reader.take("?");
  if (afterRepeat >= 0) {
    const text = reader.pattern.slice(afterRepeat, reader.position);
    reader.fail(`invalid nested repetition operator ${JSON.stringify(text)}`, start);
  }
  const item = items.pop();
  if (item === undefined) {
    reader.fail("missing argument to repetition operator", start);
  } else {
    const node: RegexNode = { kind: "repeat", item, min, max };
    if ((min >= 2 || (max >= 2 && max !== Infinity)) && !fits(node, maxRepeat)) {
      invalidCount(reader, start);
    }
    items.push(node);
  }
}

function parseBounds(reader: PatternReader, start: number): { min: number; max: number } {
  if (reader.take("*")) {
    return { min: 0, max: Infinity };
  }
  if (reader.take("+")) {
    return { min: 1, max: Infinity };
  }
  if (reader.take("?")) {
    return { min: 0, max: 1 };
  }
  const [text = "", low = "", comma, high] = countAt(reader) ?? [];
  reader.position += text.length;
  const min = Number(low);
  const highest = Number(high ?? low);
  if (highest > maxRepeat || min > highest) {
    invalidCount(reader, start);
  }
  return { min, max: comma !== undefined && high === undefined ? Infinity : highest };
}

function invalidCount(reader: PatternReader, start: number): never {
  const text = reader.pattern.slice(start, reader.position);
  return reader.fail(
    `invalid repeat count ${JSON.stringify(text)}: at most ${maxRepeat}, nested ones multiplied`,
    start,
  );
}

/** Whether no more than `copies` copies of the innermost item are needed. */
function fits(node: RegexNode, copies: number): boolean {
  switch (node.kind) {
    case "repeat": {
      const count = node.max === Infinity ? node.min : node.max;
      return (
        node.max === 0 ||
        (count <= copies && fits(node.item, count > 0 ? Math.trunc(copies / count) : copies))
      );
    }
    case "concat":
    case "alternate":
      return node.items.every((item) => fits(item, copies));
    default:
      return true;
  }
}
