import type { CodePointSet } from "./code-point-set.ts";

/**
 * A regular expression as a tree, for the one question that rules ask: does it
 * match anywhere in a text? Groups, names and greediness don't change the
 * answer, so they are not kept; case-insensitive parts are spelled out as sets.
 */
export type RegexNode =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CodePointSet }
  | { readonly kind: "assertion"; readonly at: Assertion }
  | { readonly kind: "concat"; readonly items: readonly RegexNode[] }
  | { readonly kind: "alternate"; readonly items: readonly RegexNode[] }
  | RepeatNode;

export interface RepeatNode {
  readonly kind: "repeat";
  readonly item: RegexNode;
  readonly min: number;
  /** Infinity without an upper bound. */
  readonly max: number;
}

/** A condition on a position. Words are made of `[A-Za-z0-9_]`. */
export type Assertion =
  | "textStart"
  | "textEnd"
  | "lineStart"
  | "lineEnd"
  | "wordBoundary"
  | "noWordBoundary";

export const empty: RegexNode = { kind: "empty" };

/** Matches nothing at all, not even the empty text. */
export const never: RegexNode = { kind: "set", set: [] };

export function isNever(node: RegexNode): boolean {
  return node.kind === "set" && node.set.length === 0;
}

/** Whether the node can match without consuming anything (assertions may still fail). */
export function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return true;
    case "set":
      return false;
    case "concat":
      return node.items.every(isNullable);
    case "alternate":
      return node.items.some(isNullable);
    case "repeat":
      return node.min === 0 || isNullable(node.item);
  }
}

/** Whether the node never consumes anything. */
export function isZeroWidth(node: RegexNode): boolean {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return true;
    case "set":
      return false;
    case "concat":
    case "alternate":
      return node.items.every(isZeroWidth);
    case "repeat":
      return isZeroWidth(node.item);
  }
}
