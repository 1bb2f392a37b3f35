import type { DescMessage } from "@bufbuild/protobuf";

/**
 * Makes a function that tells whether something holds for a message or for any
 * that its fields lead to, however often they lead back.
 *
 * `holds` looks at one message, and tells `follow` about those that it leads
 * to. It is asked about every message once.
 */
export function anywhereBelow(
  holds: (message: DescMessage, follow: (next: DescMessage) => void) => boolean,
): (message: DescMessage) => boolean {
  const known = new Map<DescMessage, boolean>();

  /** Finds out about a message and everything below it. */
  function settle(root: DescMessage): void {
    // By message, those that lead to it.
    const above = new Map<DescMessage, Set<DescMessage>>([[root, new Set()]]);
    const found = new Set<DescMessage>();
    // A map may grow while it is walked.
    for (const message of above.keys()) {
      const follow = (next: DescMessage) => {
        const answer = known.get(next);
        if (answer === undefined) {
          above.set(next, (above.get(next) ?? new Set()).add(message));
        } else if (answer) {
          found.add(message);
        }
      };
      if (holds(message, follow)) {
        found.add(message);
      }
    }
    // Whatever leads to a message for which it holds.
    for (const message of found) {
      for (const holder of above.get(message) ?? []) {
        found.add(holder);
      }
    }
    for (const message of above.keys()) {
      known.set(message, found.has(message));
    }
  }

  return (message) => {
    if (!known.has(message)) {
      settle(message);
    }
    return known.get(message) ?? false;
  };
}
