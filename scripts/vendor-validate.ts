// Writes vendor/buf/validate/validate.proto, which contracts import. No npm
// package ships it, and buf.build can't be reached everywhere, but its
// descriptor is inside of @bufbuild/protovalidate.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { printProto } from "./print-proto.ts";

const target = join("vendor", "buf", "validate", "validate.proto");

const header = `\
// Copyright 2023-2026 Buf Technologies, Inc.
//
// Licensed under the Apache License, Version 2.0 (the "License");
// you may not use this file except in compliance with the License.
// You may obtain a copy of the License at
//
//      http://www.apache.org/licenses/LICENSE-2.0
//
// Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an "AS IS" BASIS,
// WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
// See the License for the specific language governing permissions and
// limitations under the License.

// Derived from the descriptor in the npm package @bufbuild/protovalidate; the
// original, with comments, is https://github.com/bufbuild/protovalidate.

`;

const text = header + printProto(file_buf_validate_validate);
// What is up to date isn't touched, so that nobody who watches it wakes up.
if (text !== current()) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function current(): string | undefined {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return undefined;
  }
}
