/**
 * Scenarios of the suite that a server of actions has nothing to do with, by
 * the beginning of their names, and why.
 */
const foreign: readonly (readonly [prefix: string, reason: string])[] = [
  ["completion-", "completes arguments of prompts and resources, which there are none of"],
  ["elicitation-", "actions ask nothing back"],
  ["http-custom-header-", "needs a tool that takes arguments from headers"],
  ["input-required-", "actions ask nothing back"],
  ["logging-", "logs go to the operator, not to clients"],
  ["prompts-", "there are no prompts"],
  ["resources-", "there are no resources"],
  ["sep-2164-", "there are no resources"],
  ["tasks-", "an extension"],
  ["tools-call-audio", "messages are data"],
  ["tools-call-elicitation", "actions ask nothing back"],
  ["tools-call-embedded-resource", "messages are data"],
  ["tools-call-image", "messages are data"],
  ["tools-call-mixed-content", "messages are data"],
  ["tools-call-sampling", "actions ask nothing back"],
  ["tools-call-with-logging", "logs go to the operator, not to clients"],
];

/** Checks of scenarios that apply, which do not apply themselves, and why. */
const foreignChecks: Readonly<Record<string, string>> = {
  "sep-2549-prompts-list-caching-hints": "there are no prompts",
  "sep-2549-resources-list-caching-hints": "there are no resources",
  "sep-2549-resources-templates-list-caching-hints": "there are no resources",
  "sep-2575-server-rejects-undeclared-capability": "actions need no capability of the client",
  "sep-2575-missing-capability-http-400": "actions need no capability of the client",
  "server-sse-priming-event": "recommended to servers that let clients resume a stream",
  "server-sse-retry-field": "recommended to servers that let clients resume a stream",
};

/** Whether a scenario is about something that a server of actions does. */
export function applies(scenario: string): boolean {
  return !foreign.some(([prefix]) => scenario.startsWith(prefix));
}

/** Whether a check of such a scenario is about something that a server of actions does. */
export function checkApplies(id: string): boolean {
  return !Object.hasOwn(foreignChecks, id);
}
