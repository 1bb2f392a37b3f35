import type { ServiceModel } from "../model/action-model.ts";
import { type Diagnostics, placeOf, quote } from "../model/diagnostics.ts";
import type { Mapping } from "../options/option-spec.ts";
import { humanize, snakeCase } from "./humanize.ts";
import type { Tool, ToolPlugin } from "./tool-model.ts";
import { unwrapComment } from "./unwrap-comment.ts";

/**
 * Groups services to plugins: by the mappings, else each service is one. The
 * first mapping whose pattern fits a service's full name counts; `*` stands
 * for any text.
 */
export function groupPlugins(
  tools: ReadonlyMap<ServiceModel, readonly Tool[]>,
  mappings: readonly Mapping[],
  diagnostics: Diagnostics,
): ToolPlugin[] {
  const patterns = mappings.map(({ pattern, target }) => ({ matches: glob(pattern), target }));
  const titleOf = ({ typeName }: ServiceModel) =>
    patterns.find(({ matches }) => matches.test(typeName))?.target;
  const groups = Map.groupBy(tools, ([service]) => titleOf(service) ?? service);
  const owners = new Map<string, ToolPlugin>();
  const plugins: ToolPlugin[] = [];
  for (const [key, members] of groups) {
    const [first] = members;
    if (first === undefined) {
      continue;
    }
    const [service] = first;
    const plugin = buildPlugin(typeof key === "string" ? key : undefined, service, members);
    const owner = owners.get(plugin.id);
    if (owner === undefined) {
      owners.set(plugin.id, plugin);
      plugins.push(plugin);
    } else {
      diagnostics.report(
        service.desc,
        `the documents of ${service.typeName} would be named ${quote(plugin.id)}, as those of ${owner.desc.typeName} at ${placeOf(owner.desc)}: give them one plugin or two names with the option plugin=<service>:<name>`,
      );
    }
  }
  return plugins;
}

function buildPlugin(
  title: string | undefined,
  service: ServiceModel,
  members: readonly (readonly [ServiceModel, readonly Tool[]])[],
): ToolPlugin {
  const base = service.desc.name.replace(/(?<=.)Service$/, "");
  // A title of other letters makes no file name.
  const own = title === undefined || /[^A-Za-z0-9_ ]/.test(title) ? base : title;
  return {
    id: snakeCase(own),
    title: title ?? humanize(base),
    description: members
      .map(([{ description }]) => unwrapComment(description))
      .filter((text) => text !== "")
      .join("\n\n"),
    version: /\.(v\d\w*)$/.exec(service.file.proto.package)?.[1] ?? "v1",
    tools: members.flatMap(([, tools]) => tools),
    desc: service.desc,
  };
}

function glob(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
