import type { PatternReader } from "./pattern-reader.ts";

/** What `(?i)`, `(?m)` and `(?s)` switch on. Greediness (`U`) changes no answer. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
}

/** What an opening parenthesis begins. */
export interface GroupStart {
  /** The flags inside the group, or of what follows if it doesn't open one. */
  readonly flags: Flags;
  /** False for a group that only sets flags, like `(?i)`. */
  readonly opens: boolean;
}

const flagNames: ReadonlyMap<string, keyof Flags | undefined> = new Map([
  ["i", "ignoreCase"],
  ["m", "multiLine"],
  ["s", "dotAll"],
  ["U", undefined],
]);

/** Reads `(`, `(?flags)`, `(?flags:` or `(?P<name>`, at the parenthesis. */
export function parseGroupStart(
  reader: PatternReader,
  flags: Flags,
  names: Set<string>,
): GroupStart {
  const start = reader.position;
  reader.take("(");
  if (!reader.take("?")) {
    return { flags, opens: true };
  }
  if (reader.take("P<") || reader.take("<")) {
    parseName(reader, start, names);
    return { flags, opens: true };
  }
  return parseFlags(reader, start, flags);
}

function parseName(reader: PatternReader, start: number, names: Set<string>): void {
  const lookBehind = /^[=!]$/.test(reader.peek());
  const name = reader.upTo(">");
  if (name === undefined || !/^[0-9A-Za-z_]+$/.test(name)) {
    reader.fail(
      lookBehind ? "invalid named capture (look-behind is not regular)" : "invalid named capture",
      start,
    );
  } else if (names.has(name)) {
    reader.fail(`duplicate capture group name ${JSON.stringify(name)}`, start);
  } else {
    names.add(name);
  }
}

function parseFlags(reader: PatternReader, start: number, flags: Flags): GroupStart {
  const changed = { ...flags };
  let value = true;
  let seen = false;
  while (!reader.atEnd()) {
    const char = reader.next();
    if ((char === ")" || char === ":") && (value || seen)) {
      return { flags: changed, opens: char === ":" };
    }
    if (flagNames.has(char)) {
      const name = flagNames.get(char);
      seen = true;
      if (name !== undefined) {
        changed[name] = value;
      }
    } else if (char === "-" && value) {
      value = false;
      seen = false;
    } else {
      break;
    }
  }
  const text = reader.pattern.slice(start, reader.position);
  const hint = /^\(\?[=!]/.test(text) ? " (look-around is not regular)" : "";
  return reader.fail(`invalid or unsupported Perl syntax ${JSON.stringify(text)}${hint}`, start);
}
