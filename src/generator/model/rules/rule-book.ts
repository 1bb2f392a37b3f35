import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { anywhereBelow } from "../anywhere-below.ts";
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

  function rulesOf(message: DescMessage): MessageRules {
    let rules = read.get(message);
    if (rules === undefined) {
      rules = messageRules({ diagnostics, predefined, hasRules }, message);
      read.set(message, rules);
    }
    return rules;
  }

  const hasRules = anywhereBelow((message, follow) =>
    hasOwnRules(
      messageRules(
        {
          diagnostics,
          predefined,
          hasRules(next) {
            follow(next);
            return false;
          },
        },
        message,
      ),
    ),
  );

  return { rulesOf, hasRules };
}
