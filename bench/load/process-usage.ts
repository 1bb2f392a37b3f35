import { readFileSync } from "node:fs";

/** What a process and its children have used. */
export interface ProcessUsage {
  /** Time on a core, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory, in MiB. */
  readonly rssMiB: number;
}

/** How long a tick of Linux' process times is, in milliseconds. */
const tickMs = 10;

/** Reads from /proc what a process and all below it have used. */
export function readUsage(pid: number): ProcessUsage {
  let cpuMs = 0;
  let rssMiB = 0;
  for (const id of family(pid)) {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name before may hold anything, even a bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    cpuMs += (Number(fields[11]) + Number(fields[12])) * tickMs;
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    rssMiB += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }
  return { cpuMs, rssMiB };
}

function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return [pid, ...(children === "" ? [] : children.split(" ").flatMap((id) => family(Number(id))))];
}
