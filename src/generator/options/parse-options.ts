import { quote } from "../model/diagnostics.ts";
import type { Mapping, OptionSpec, OptionValues } from "./option-spec.ts";

/** The plugin was started with options that it can't follow. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/**
 * Parses the parameter of a code generator request, `a=1,b=2`.
 *
 * Throws an OptionError that lists everything that is wrong, and what is
 * allowed instead.
 */
export function parseOptions<S extends Readonly<Record<string, OptionSpec>>>(
  specs: S,
  parameter: string,
): OptionValues<S> {
  const problems: string[] = [];
  const given = collect(specs, parameter, problems);
  for (const [name, spec] of Object.entries(specs)) {
    const problem = given.has(name) ? unmetRequirement(name, spec, specs, given) : undefined;
    if (problem !== undefined) {
      problems.push(problem);
    }
  }
  if (problems.length > 0) {
    throw new OptionError(`${problems.join("\n")}\n${usage(specs)}`);
  }
  return valuesOf(specs, given);
}

/** The raw values by option. */
type Given = ReadonlyMap<string, readonly string[]>;

function collect(
  specs: Readonly<Record<string, OptionSpec>>,
  parameter: string,
  problems: string[],
): Given {
  const given = new Map<string, string[]>();
  for (const raw of parameter.split(",").filter((part) => part.trim() !== "")) {
    const at = raw.indexOf("=");
    const name = (at < 0 ? raw : raw.slice(0, at)).trim();
    const value = at < 0 ? "" : raw.slice(at + 1).trim();
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    const values = given.get(name);
    if (spec === undefined) {
      problems.push(`unknown option ${quote(name)}`);
    } else if (values !== undefined && spec.kind !== "mapping") {
      problems.push(`option ${quote(name)} is given twice: keep one`);
    } else {
      const problem = valueProblem(spec, value);
      if (problem !== undefined) {
        problems.push(`option ${quote(raw.trim())}: ${problem}`);
      }
      given.set(name, [...(values ?? []), value]);
    }
  }
  return given;
}

function valueProblem(spec: OptionSpec, value: string): string | undefined {
  switch (spec.kind) {
    case "choice":
      return spec.values.includes(value) ? undefined : `must be one of ${spec.values.join(", ")}`;
    case "set": {
      const words = value.split("+");
      return words.every((word, i) => spec.values.includes(word) && words.indexOf(word) === i)
        ? undefined
        : `must be some of ${spec.values.join(", ")}, each once, joined with "+"`;
    }
    case "url":
      return /^https?:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[\w.~-]+)*$/.test(value) && value.length <= 400
        ? undefined
        : "must be the URL of a server, for example https://bot.example.com, without a slash at its end";
    case "urlPath":
      return /^(\/[\w.~-]+)+$/.test(value)
        ? undefined
        : 'must be a path that begins with a slash and does not end with one, for example "/actions"';
    case "path":
      return /^\.\.?(\/|$)/.test(value) && !value.includes("\\")
        ? undefined
        : `must be a folder relative to the plugin's output that starts with "./" or "../"`;
    case "mapping":
      return /^[^:]+:./.test(value)
        ? undefined
        : `must be <pattern>:<target>, for example ${spec.example}`;
  }
}

function unmetRequirement(
  name: string,
  spec: OptionSpec,
  specs: Readonly<Record<string, OptionSpec>>,
  given: Given,
): string | undefined {
  if (spec.requires === undefined) {
    return undefined;
  }
  const { option, value, of, reason } = spec.requires;
  if (of !== undefined && given.get(name)?.[0] !== of) {
    return undefined;
  }
  const other = specs[option];
  const actual = given.get(option)?.[0] ?? (other?.kind === "choice" ? other.values[0] : undefined);
  return actual === value
    ? undefined
    : `option ${quote(of === undefined ? name : `${name}=${of}`)} works only with ${option}=${value}${reason === undefined ? "" : `, because ${reason}`}: leave it out`;
}

function valuesOf<S extends Readonly<Record<string, OptionSpec>>>(
  specs: S,
  given: Given,
): OptionValues<S> {
  const values: Partial<Record<keyof S, OptionValue>> = {};
  for (const [name, spec] of Object.entries<OptionSpec>(specs)) {
    const raw = given.get(name) ?? [];
    values[name as keyof S] = typedValue(spec, raw);
  }
  return values as OptionValues<S>;
}

type OptionValue = string | readonly string[] | readonly Mapping[];

function typedValue(spec: OptionSpec, raw: readonly string[]): OptionValue {
  switch (spec.kind) {
    case "choice":
      return raw[0] ?? spec.values[0];
    case "set":
      return raw[0]?.split("+") ?? spec.values;
    case "url":
    case "urlPath":
      return raw[0] ?? spec.default;
    case "path":
      return (raw[0] ?? spec.default).replace(/\/+$/, "");
    case "mapping":
      return raw.map((value) => {
        const at = value.indexOf(":");
        return { pattern: value.slice(0, at), target: value.slice(at + 1).replace(/\/+$/, "") };
      });
  }
}

function usage(specs: Readonly<Record<string, OptionSpec>>): string {
  const lines = Object.entries(specs).map(
    ([name, spec]) => `  ${name}=${valueUsage(spec)}  ${spec.description}`,
  );
  return `The options are:\n${lines.join("\n")}`;
}

function valueUsage(spec: OptionSpec): string {
  switch (spec.kind) {
    case "choice":
      return spec.values.join("|");
    case "set":
      return spec.values.join("+");
    case "url":
      return "<URL>";
    case "urlPath":
      return "<path>";
    case "path":
      return "<folder>";
    case "mapping":
      return "<pattern>:<target>";
  }
}
