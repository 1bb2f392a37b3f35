import type { NodeAdapter } from "./platform.ts";

/** Stands for `node-adapter.ts` in browsers and on edge runtimes, see `imports` in package.json. */
export const nodeAdapter: NodeAdapter | undefined = undefined;
