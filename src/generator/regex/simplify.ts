import { union } from "./code-point-set.ts";
import {
  empty,
  isNever,
  isNullable,
  isZeroWidth,
  never,
  type RegexNode,
  type RepeatNode,
} from "./regex-node.ts";

/**
 * A smaller tree that matches in the same texts, for the question whether the
 * pattern matches anywhere in a text.
 */
export function simplifyPattern(node: RegexNode): RegexNode {
  return trimEnds(simplify(node));
}

function simplify(node: RegexNode): RegexNode {
  switch (node.kind) {
    case "concat":
      return concat(node.items.map(simplify));
    case "alternate":
      return alternate(node.items.map(simplify));
    case "repeat":
      return repeat({ ...node, item: simplify(node.item) });
    default:
      return node;
  }
}

function concat(items: readonly RegexNode[]): RegexNode {
  const flat = items.flatMap((item) => (item.kind === "concat" ? item.items : [item]));
  const kept = flat.filter((item) => item.kind !== "empty");
  if (kept.some(isNever)) {
    return never;
  }
  return single(kept, "concat", empty);
}

function alternate(items: readonly RegexNode[]): RegexNode {
  const flat = items.flatMap((item) => (item.kind === "alternate" ? item.items : [item]));
  const sets = flat.flatMap((item) => (item.kind === "set" ? [item.set] : []));
  const others = flat.filter((item) => item.kind !== "set" && item.kind !== "empty");
  const kept: RegexNode[] = [...others];
  const set: RegexNode = { kind: "set", set: union(...sets) };
  if (!isNever(set)) {
    kept.unshift(set);
  }
  const node = single(kept, "alternate", never);
  if (!flat.some((item) => item.kind === "empty")) {
    return node;
  }
  return isNever(node) ? empty : repeat({ kind: "repeat", item: node, min: 0, max: 1 });
}

function single(
  items: readonly RegexNode[],
  kind: "concat" | "alternate",
  without: RegexNode,
): RegexNode {
  const [first] = items;
  if (first === undefined) {
    return without;
  }
  return items.length === 1 ? first : { kind, items };
}

function repeat(node: RepeatNode): RegexNode {
  const { item, min, max } = node;
  if (max === 0 || item.kind === "empty") {
    return empty;
  }
  if (isNever(item)) {
    return min === 0 ? empty : never;
  }
  if (isZeroWidth(item)) {
    return min === 0 ? empty : item;
  }
  if (min === 1 && max === 1) {
    return item;
  }
  if (item.kind === "repeat" && max === Infinity) {
    return repeatOfRepeat(node, item);
  }
  // x?? and (x*)?
  if (item.kind === "repeat" && min === 0 && max === 1 && item.min <= 1) {
    return { ...item, min: 0 };
  }
  return node;
}

/** `(x+)*` and so on, the usual cause of exponential backtracking. */
function repeatOfRepeat(outer: RepeatNode, inner: RepeatNode): RegexNode {
  const { min } = outer;
  if (inner.min <= 1) {
    // With or without gaps of empty matches, any number of x can be made up.
    return { ...inner, min: inner.min === 0 || min === 0 ? 0 : min, max: Infinity };
  }
  return outer;
}

/**
 * At both ends of a pattern that may match anywhere, what is optional needn't
 * be there: `a*b+` finds the same texts as `b`.
 */
function trimEnds(node: RegexNode): RegexNode {
  switch (node.kind) {
    case "repeat":
      return trimmed(node);
    case "alternate":
      return alternate(node.items.map(trimEnds));
    case "concat":
      return concat(trimStart(trimStart(node.items).toReversed()).toReversed());
    default:
      return node;
  }
}

/** Trims the first item, and as long as that leaves nothing, the next one. */
function trimStart(items: readonly RegexNode[]): readonly RegexNode[] {
  const [first, ...rest] = items;
  if (first?.kind !== "repeat") {
    return items;
  }
  const item = trimmed(first);
  return item.kind === "empty" ? trimStart(rest) : [item, ...rest];
}

function trimmed(node: RepeatNode): RegexNode {
  const once = repeat({ ...node, max: node.min });
  // A loop whose body can be empty may be needed as it is for its assertions.
  return isNullable(node.item) && node.min > 0 ? node : once;
}
