/** Thrown at the first problem of a text. Nobody sees it, so that it needs no stack. */
export const hasProblems: unknown = new Error("this text has to be read with care");

/** As `JSON.parse`, for what may be no JSON. */
export function parseJson(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw hasProblems;
  }
}
