import { describe, expect, it } from "vitest";
import { isExpressible } from "./expressible.ts";
import { openApiCheck, type Platform, platformChecks } from "./platform-checks.ts";
import { randomTypes } from "./random-schemas.ts";

const platforms: readonly Platform[] = ["coze", "dify", "openai", "openai strict"];

describe("schemas for platforms", () => {
  it.each([3, 7, 9, 11, 13, 15, 17, 19, 21])(
    "accept what validators accept, and refuse with them what they can say, seed %i",
    async (seed) => {
      const differences: string[] = [];
      const accepted = new Map<Platform, number>();
      const refused = new Map<Platform, Set<string>>(platforms.map((name) => [name, new Set()]));
      for (const { type, samples } of await randomTypes(seed, 30)) {
        const named = openApiCheck(type);
        for (const [platform, check] of platformChecks(type)) {
          for (const { json, violations } of samples) {
            const told = violations.filter((violation) =>
              isExpressible(platform, type, json, violation),
            );
            const fits = check(json);
            if (violations.length === 0 && named(json)) {
              accepted.set(platform, (accepted.get(platform) ?? 0) + 1);
              if (!fits) {
                differences.push(`${platform} refuses ${type.name}: ${JSON.stringify(json)}`);
              }
            }
            for (const { ruleId } of told) {
              refused.get(platform)?.add(ruleId);
            }
            if (told.length > 0 && fits) {
              differences.push(
                `${platform} accepts ${told.map(({ ruleId }) => ruleId)} in ${type.name}: ${JSON.stringify(json)}`,
              );
            }
          }
        }
      }
      expect(differences).toEqual([]);
      expect(accepted.get("openai")).toBeGreaterThan(0);
      for (const platform of platforms) {
        expect(refused.get(platform)?.size, platform).toBeGreaterThan(0);
      }
    },
  );
});
