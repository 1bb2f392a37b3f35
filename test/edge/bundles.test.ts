import { describe, expect, it } from "vitest";
import { bundle } from "./bundle.ts";

const packages = (inputs: readonly string[]) =>
  [
    ...new Set(
      inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
    ),
  ].sort();

describe("a bundle without Node", () => {
  it("has neither Connect nor protobuf-es if it has only the callback door", async () => {
    const { inputs } = await bundle("webhook-worker.ts", ["workerd", "worker"]);
    expect(packages(inputs)).toEqual([]);
    expect(inputs.filter((path) => path.startsWith("src/runtime/connect/"))).toEqual([]);
  });

  it("has no connect-node if it has the Connect door", async () => {
    const { inputs } = await bundle("worker.ts", ["workerd", "worker"]);
    expect(packages(inputs)).toEqual([
      "@bufbuild/protobuf",
      "@bufbuild/protovalidate",
      "@connectrpc/connect",
    ]);
  });

  it("can be made for browsers from a contract that knows Connect", async () => {
    const { inputs } = await bundle("browser.ts", ["browser"]);
    expect(packages(inputs)).not.toContain("@connectrpc/connect-node");
    expect(inputs).not.toContain("src/runtime/connect/connect-door.ts");
  });
});
