import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { Diagnostics } from "../diagnostics.ts";
import type { MessageRules } from "./check.ts";
import { hasOwnRules, messageRules } from "./message-rules.ts";
import { findPredefined } from "./predefined-checks.ts";

/** The rules of all messages of a run. */
export interface RuleBook {
  /** The rules of a message. */
  rulesOf(message: DescMessage): MessageRules;
  /** Whether there are rules anywhere below a message, so that it has a validator. */
  hasRules(message: DescMessage): boolean;
}

/**
 * Reads the rules of messages when they are asked for, and reports what is
 * wrong with them. Predefined rules are those that `files` declare.
 */
export function createRuleBook(files: Iterable<DescFile>, diagnostics: Diagnostics): RuleBook {
  const predefined = findPredefined(files);
  const read = new Map<DescMessage, MessageRules>();
  const known = new Map<DescMessage, boolean>();

  function rulesOf(message: DescMessage): MessageRules {
    let rules = read.get(message);
    if (rules === undefined) {
      rules = messageRules({ diagnostics, predefined, hasRules }, message);
      read.set(message, rules);
    }
    return rules;
  }

  function hasRules(message: DescMessage): boolean {
    let answer = known.get(message);
    if (answer === undefined) {
      const visited = new Set([message]);
      answer = reaches(visited);
      for (const other of answer ? [message] : visited) {
        known.set(other, answer);
      }
    }
    return answer;
  }

  /** Follows fields from message to message, and stops at the first that has rules of its own. */
  function reaches(visited: Set<DescMessage>): boolean {
    // A set may grow while it is walked: each message is looked at once.
    for (const message of visited) {
      const follow = (next: DescMessage) => {
        visited.add(next);
        return false;
      };
      if (hasOwnRules(messageRules({ diagnostics, predefined, hasRules: follow }, message))) {
        return true;
      }
    }
    return false;
  }

  return { rulesOf, hasRules };
}
