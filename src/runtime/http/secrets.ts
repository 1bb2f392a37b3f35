/** A secret, or several of which any is good, while one takes over from another. */
export type Secrets = string | readonly string[];

/** What a door that checks a secret is told. */
export interface SecretOptions {
  /**
   * True if the door is to serve callers that prove nothing, because something
   * in front of it checks them. Without it a missing secret, which often is a
   * forgotten environment variable, keeps the server from starting.
   */
  readonly unsigned?: boolean | undefined;
}

/**
 * The secrets of a door, none if it is to check nothing.
 *
 * @param option the option's name in errors, for example `secret`
 */
export function requireSecrets(
  door: string,
  option: string,
  secrets: Secrets | undefined,
  unsigned = false,
): readonly string[] {
  const list = secrets === undefined ? [] : typeof secrets === "string" ? [secrets] : secrets;
  if (unsigned && list.length > 0) {
    throw new Error(`${door}: give either ${option} or unsigned: true, not both`);
  }
  if (!unsigned && list.length === 0) {
    throw new Error(
      `${door}: ${option} is not set: set it, or say unsigned: true to let everyone call`,
    );
  }
  if (list.includes("")) {
    throw new Error(
      `${door}: ${option} is empty: set it, or say unsigned: true to let everyone call`,
    );
  }
  return list;
}
