import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { anywhereBelow } from "./anywhere-below.ts";

/** Which fields of messages are marked by an option, and what leads to them. */
export interface MarkBook {
  /** The fields of a message that are marked, or below which something is. */
  fieldsOf(message: DescMessage): readonly MarkedField[];
}

/** A field that is marked, or below which something is. */
export interface MarkedField {
  readonly field: DescField;
  /** The message whose own fields say what is marked; undefined if all of the field is. */
  readonly below: DescMessage | undefined;
}

/** Looks for marks when it is asked, and asks once about each field. */
export function createMarkBook(readMark: (field: DescField) => boolean): MarkBook {
  const marked = new Map<DescField, boolean>();

  function isMarked(field: DescField): boolean {
    let answer = marked.get(field);
    if (answer === undefined) {
      answer = readMark(field);
      marked.set(field, answer);
    }
    return answer;
  }

  const hasMarks = anywhereBelow(({ fields }, follow) =>
    fields.some((field) => {
      if (field.message !== undefined) {
        follow(field.message);
      }
      return isMarked(field);
    }),
  );

  return {
    fieldsOf: ({ fields }) =>
      fields.flatMap((field): MarkedField[] => {
        if (isMarked(field)) {
          return [{ field, below: undefined }];
        }
        const below = field.message;
        return below !== undefined && hasMarks(below) ? [{ field, below }] : [];
      }),
  };
}
