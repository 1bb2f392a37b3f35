import type { MessageType } from "../tool-model/message-type.ts";
import type { Tool } from "../tool-model/tool-model.ts";
import { firstParagraph } from "../tool-model/unwrap-comment.ts";
import { choiceWords } from "./words/choice-words.ts";
import { sentences } from "./words/list-words.ts";

/** A text that is told to a model, cut to what a platform takes. */
export interface FittedText {
  readonly text: string;
  /** It is longer than the platform takes, and there is no paragraph to leave out. */
  readonly tooLong: boolean;
}

/** The whole comment if it fits, else its first paragraph. Lengths are in UTF-16 units. */
export function fitComment(comment: string, maxLength: number): FittedText {
  if (comment.length <= maxLength) {
    return { text: comment, tooLong: false };
  }
  const text = firstParagraph(comment);
  return { text, tooLong: text.length > maxLength };
}

/** What a tool does: its comment, or at least its name in words. */
export function toolDescription({ description, title }: Tool): string {
  return description === "" ? `${title}.` : description;
}

/** The rules about a message as a whole, for platforms whose schemas can't say them. */
export function messageWords({ choices, notes }: MessageType): string {
  return sentences([...choices.map(choiceWords), ...notes]);
}
