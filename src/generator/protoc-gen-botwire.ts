#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything is imported: buf may start the plugin once for every folder.
enableCompileCache();
const { runAsProcess } = await import("./run-as-process.ts");
const { protocGenBotwire } = await import("./plugin.ts");
await runAsProcess(protocGenBotwire);
