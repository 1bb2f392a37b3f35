import type { DescMessage } from "@bufbuild/protobuf";

/**
 * Makes a function that tells whether something holds for a message or for any
 * that its fields lead to, however often they lead back.
 *
 * `holds` looks at one message, and tells `follow` about those that it leads to.
 */
export function anywhereBelow(
  holds: (message: DescMessage, follow: (next: DescMessage) => void) => boolean,
): (message: DescMessage) => boolean {
  const known = new Map<DescMessage, boolean>();

  /** Stops at the first message for which it holds. */
  function reaches(visited: Set<DescMessage>): boolean {
    // A set may grow while it is walked: each message is looked at once.
    for (const message of visited) {
      if (holds(message, (next) => visited.add(next))) {
        return true;
      }
    }
    return false;
  }

  return (message) => {
    let answer = known.get(message);
    if (answer === undefined) {
      const visited = new Set([message]);
      answer = reaches(visited);
      for (const other of answer ? [message] : visited) {
        known.set(other, answer);
      }
    }
    return answer;
  };
}
