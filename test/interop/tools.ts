import { describe } from "vitest";
import { run } from "./command.ts";

/** A client from outside of npm that a suite needs. */
export interface Tool {
  /** What people call it, for example `Python grpcio`. */
  readonly name: string;
  /** The Debian package that has it. */
  readonly debian: string;
  /** A command that succeeds if the tool is there. */
  readonly probe: readonly [command: string, ...args: string[]];
}

/** Debian's own Python, whose packages are Debian's, too. */
export const python = "/usr/bin/python3";

export const curl: Tool = { name: "curl", debian: "curl", probe: ["curl", "--version"] };

export const jq: Tool = { name: "jq", debian: "jq", probe: ["jq", "--version"] };

export const openssl: Tool = { name: "openssl", debian: "openssl", probe: ["openssl", "version"] };

export const protoc: Tool = {
  name: "protoc",
  debian: "protobuf-compiler",
  probe: ["protoc", "--version"],
};

export const grpcPlugin: Tool = {
  name: "grpc_python_plugin",
  debian: "protobuf-compiler-grpc",
  probe: ["sh", "-c", "command -v grpc_python_plugin"],
};

export const grpcio: Tool = {
  name: "Python grpcio",
  debian: "python3-grpcio",
  probe: [python, "-c", "import grpc, google.protobuf"],
};

/**
 * Describes a suite that needs tools. Without them it is skipped, and says so
 * in one line; where `CI` is set it fails instead.
 */
export async function describeWith(
  tools: readonly Tool[],
  name: string,
  suite: () => void,
): Promise<void> {
  const missing: Tool[] = [];
  for (const tool of tools) {
    if (!(await works(tool))) {
      missing.push(tool);
    }
  }
  if (missing.length > 0) {
    const names = missing.map((tool) => tool.name).join(", ");
    const packages = missing.map((tool) => tool.debian).join(" ");
    const message = `${name}: needs ${names} (apt-get install ${packages})`;
    if (process.env["CI"] !== undefined) {
      throw new Error(message);
    }
    console.warn(`SKIPPED ${message}`);
  }
  describe.skipIf(missing.length > 0)(name, suite);
}

async function works({ probe: [command, ...args] }: Tool): Promise<boolean> {
  try {
    return (await run(command, args)).status === 0;
  } catch {
    return false;
  }
}
