// Compares the contracts in proto/ with those of the last release, or of the
// parent commit until there is one, and fails if old callers would break.
//
// buf can't compare with a git reference directly, because proto/ imports
// vendor/, which isn't committed. So the old commit is checked out beside, and
// vendor/ is linked into it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

process.exitCode = check();

function check(): number {
  if (isShallow()) {
    git("fetch", "--quiet", "--deepen=1");
  }
  const base = lastRelease() ?? git("rev-parse", "--verify", "--quiet", "HEAD^");
  if (base === undefined) {
    const shallow = isShallow();
    return skip(
      shallow
        ? "this clone has no history (git fetch --unshallow gets it)"
        : "there is no commit before this one",
      shallow,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "botwire-breaking-"));
  const checkout = join(folder, "base");
  try {
    if (git("worktree", "add", "--quiet", "--detach", checkout, base) === undefined) {
      console.error(`cannot check out ${base}`);
      return 1;
    }
    if (!existsSync(join(checkout, "proto"))) {
      return skip(`${base} has no contracts`, false);
    }
    symlinkSync(resolve("vendor"), join(checkout, "vendor"), "dir");
    console.log(`Comparing proto/ with ${base}`);
    const args = ["breaking", "proto", "--against", join(checkout, "proto")];
    return spawnSync("buf", args, { stdio: "inherit" }).status ?? 1;
  } finally {
    git("worktree", "remove", "--force", checkout);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether this clone lacks older commits. */
function isShallow(): boolean {
  return git("rev-parse", "--is-shallow-repository") === "true";
}

/** The newest version tag before this commit. */
function lastRelease(): string | undefined {
  return git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "HEAD^");
}

/** Says that nothing was compared. In CI that is an error if it could have been otherwise. */
function skip(reason: string, avoidable: boolean): number {
  console.error(`SKIPPED: contracts were not compared with older ones, because ${reason}`);
  return avoidable && process.env["CI"] !== undefined ? 1 : 0;
}

/** What git prints, or undefined if it fails. */
function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
