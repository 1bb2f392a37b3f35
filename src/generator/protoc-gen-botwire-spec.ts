#!/usr/bin/env node
import { runNodeJs } from "@bufbuild/protoplugin";
import { protocGenBotwireSpec } from "./documents/plugin.ts";

runNodeJs(protocGenBotwireSpec);
