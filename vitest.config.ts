import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // "botwire" means the sources, as for `node -C @botwire/source`. Without it
  // tests would silently load a stale dist/, and some modules twice.
  resolve: { conditions: ["@botwire/source", ...defaultServerConditions] },
  ssr: { resolve: { conditions: ["@botwire/source", ...defaultServerConditions] } },
  test: {
    include: ["test/**/*.test.ts"],
    execArgv: ["-C", "@botwire/source"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
