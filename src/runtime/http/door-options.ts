/** What every door that reads JSON over HTTP can be told. */
export interface BodyOptions {
  /** The longest body that is read, in bytes. 1 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
  /** How deep arrays and objects may lie in one another. 100 by default, as in Protobuf. */
  readonly maxDepth?: number | undefined;
}

export const defaultMaxBodyBytes = 1024 * 1024;
export const defaultMaxDepth = 100;

/** Returns a path that a door is to answer, or throws if it cannot be one. */
export function checkedPath(door: string, path: string): string {
  if (!/^(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%]+)+$/.test(path)) {
    throw new Error(
      `${door}: ${JSON.stringify(path)} is no path: it begins with a slash, does not end with one, and has no query`,
    );
  }
  return path;
}

/** Returns a number that is to be positive, or throws. */
export function checkedLimit(door: string, option: string, value: number): number {
  if (!(value > 0)) {
    throw new Error(`${door}: ${option} must be more than 0, not ${value}`);
  }
  return value;
}
