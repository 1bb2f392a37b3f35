/** One thing that is wrong with a value, and where it is. */
export interface Problem {
  /**
   * Where the value is, for example `meeting.attendees[3].email`. Names are
   * those that the caller used; empty for the value as a whole.
   */
  readonly path: string;
  /** What is wrong, for example `expected string, got number`. */
  readonly message: string;
}

/** Problems in one line, for people. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
}

/** A step of a path to the member of an object. */
export function memberStep(key: string): string {
  return /^[A-Za-z_$][\w$]{0,99}$/.test(key) ? `.${key}` : entryStep(key);
}

/** A step of a path to the entry of a map. */
export function entryStep(key: string): string {
  return `[${quote(key)}]`;
}

/** A path from its steps; the first one needs no dot. */
export function pathOf(steps: string): string {
  return steps.startsWith(".") ? steps.slice(1) : steps;
}

/** Hostile text for a message: quoted, escaped and cut. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}

/** What a value is, without showing more of it than helps. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > 30 ? "string" : quote(value);
    case "number":
    case "boolean":
      return String(value);
    case "bigint":
      return "bigint";
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "array" : "object";
    default:
      return typeof value;
  }
}
