#!/usr/bin/env node
import { runNodeJs } from "@bufbuild/protoplugin";
import { protocGenBotwire } from "./plugin.ts";

runNodeJs(protocGenBotwire);
