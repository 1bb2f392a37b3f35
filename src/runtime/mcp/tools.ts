import type { Tool } from "@modelcontextprotocol/server";
import type { ImplementedAction } from "../action/implement.ts";
import type { ObjectSchema, SchemaValue, ToolDescription, ToolSet } from "../action/tool-set.ts";
import { annotationsOf } from "./annotations.ts";

/**
 * The tools of a server, one for each action and in their order. Throws an
 * error that names every action that has no description among the sets, and
 * every set that belongs to no service of the server.
 */
export function mcpTools(actions: readonly ImplementedAction[], sets: readonly ToolSet[]): Tool[] {
  const byService = new Map(sets.map((set) => [set.service, set]));
  const served = new Set(actions.map(({ contract }) => contract.typeName));
  const problems = [...byService.keys()]
    .filter((service) => !served.has(service))
    .map((service) => `${service} is among the tools, but not among the actions of the server`);
  const missing = new Set<string>();
  const tools: Tool[] = [];
  for (const { contract, action } of actions) {
    const set = byService.get(contract.typeName);
    const description = set === undefined ? undefined : descriptionOf(set, action.name);
    if (description !== undefined) {
      tools.push(toolOf({ contract, action }, description));
    } else if (set === undefined) {
      missing.add(
        `${contract.typeName} has no tools: import them from the generated file of its .proto that ends in .tools.ts, and list them in tools`,
      );
    } else {
      missing.add(
        `${contract.typeName} has no tool ${JSON.stringify(action.name)}: the .tools.ts file is older than the contract, so generate it again`,
      );
    }
  }
  problems.push(...missing);
  if (problems.length > 0) {
    throw new Error(`mcp door: ${problems.join("\n- ")}`);
  }
  return tools;
}

function descriptionOf({ tools }: ToolSet, name: string): ToolDescription | undefined {
  return Object.hasOwn(tools, name) ? tools[name] : undefined;
}

function toolOf(
  { contract, action }: Pick<ImplementedAction, "contract" | "action">,
  { title, description, input, output }: ToolDescription,
): Tool {
  const annotations = annotationsOf[action.idempotency];
  return {
    name: action.name,
    ...(title === undefined ? {} : { title }),
    description: description === "" ? `${contract.typeName}.${action.rpc}` : description,
    inputSchema: rootOf(input),
    outputSchema: rootOf(action.kind === "unary" ? output : collected(output)),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/**
 * The schema of what a streaming action's tool answers: the messages of the
 * stream in one list. Definitions move to the root, where references find them.
 */
function collected({ $defs, ...message }: ObjectSchema): ObjectSchema {
  return {
    type: "object",
    properties: {
      messages: {
        type: "array",
        description: "The messages of the stream, in their order.",
        items: message,
      },
    },
    required: ["messages"],
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
  };
}

/** The schema as the SDK's types have it, which know a few of the keywords. */
function rootOf(schema: ObjectSchema): Tool["inputSchema"] {
  // A copy, because the SDK's types may be written to, and generated data may not.
  return structuredClone<{ type: "object"; [keyword: string]: SchemaValue }>(
    schema,
  ) as Tool["inputSchema"];
}
