#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything is imported: buf may start the plugin once for every folder.
enableCompileCache();
const { runAsProcess } = await import("./run-as-process.ts");
const { protocGenBotwireSpec } = await import("./documents/plugin.ts");
await runAsProcess(protocGenBotwireSpec);
