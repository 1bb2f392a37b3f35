import { onlyMember } from "./code-point-set.ts";
import type { RegexNode } from "./regex-node.ts";

/** A pattern that is a fixed text, at a fixed place or anywhere. */
export interface LiteralPattern {
  readonly place: "whole" | "start" | "end" | "anywhere";
  readonly text: string;
}

/** The pattern as a fixed text, if that is all it is. */
export function literalPattern(node: RegexNode): LiteralPattern | undefined {
  const items = node.kind === "concat" ? [...node.items] : [node];
  const atStart = isAssertion(items[0], "textStart");
  const atEnd = isAssertion(items.at(-1), "textEnd") && (items.length > 1 || !atStart);
  const middle = items.slice(atStart ? 1 : 0, atEnd ? -1 : undefined);
  const codePoints = middle.map((item) => (item.kind === "set" ? onlyMember(item.set) : undefined));
  if (!codePoints.every((codePoint) => codePoint !== undefined)) {
    return undefined;
  }
  const text = String.fromCodePoint(...codePoints);
  // Half a pair would be found inside of a pair.
  if (!text.isWellFormed()) {
    return undefined;
  }
  return { place: place(atStart, atEnd), text };
}

function place(atStart: boolean, atEnd: boolean): LiteralPattern["place"] {
  if (atStart) {
    return atEnd ? "whole" : "start";
  }
  return atEnd ? "end" : "anywhere";
}

function isAssertion(node: RegexNode | undefined, at: "textStart" | "textEnd"): boolean {
  return node?.kind === "assertion" && node.at === at;
}
