import { expect, it } from "vitest";
import { checkConformance } from "./conformance/run.ts";

it("is what the official conformance suite asks for", { timeout: 120_000 }, async () => {
  const results = await checkConformance();
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  const scenarios = (revision: string) => [
    ...new Set(results.filter((one) => one.revision === revision).map((one) => one.scenario)),
  ];
  // So that nothing drops out unseen.
  expect(scenarios("2025-11-25")).toEqual([
    "dns-rebinding-protection",
    "json-schema-2020-12",
    "ping",
    "server-initialize",
    "server-session-lifecycle",
    "server-sse-multiple-streams",
    "tools-call-error",
    "tools-call-simple-text",
    "tools-call-with-progress",
    "tools-list",
  ]);
  expect(scenarios("2026-07-28")).toEqual([
    "caching",
    "dns-rebinding-protection",
    "http-header-validation",
    "json-schema-2020-12",
    "server-sse-multiple-streams",
    "server-stateless",
    "tools-call-error",
    "tools-call-simple-text",
    "tools-call-with-progress",
    "tools-list",
  ]);
});
