#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything is imported: buf may start the plugin once for every folder.
enableCompileCache();
const { runNodeJs } = await import("@bufbuild/protoplugin");
const { protocGenBotwireSpec } = await import("./documents/plugin.ts");
runNodeJs(protocGenBotwireSpec);
