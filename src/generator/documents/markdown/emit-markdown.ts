import type { SpecOptions } from "../../options/spec-options.ts";
import type { MessageType } from "../../tool-model/message-type.ts";
import { reachableMessages } from "../../tool-model/nested.ts";
import type { Tool, ToolPlugin } from "../../tool-model/tool-model.ts";
import { firstParagraph } from "../../tool-model/unwrap-comment.ts";
import { answerType } from "../answer-type.ts";
import type { DocumentEmitter } from "../document.ts";
import { toolDescription } from "../tool-text.ts";
import { code, escapeCell, escapeText } from "./escape.ts";
import { messageSection } from "./message-section.ts";
import { table } from "./table.ts";

/** A reference of the actions for people: for each plugin a page in Markdown. */
export const emitMarkdown: DocumentEmitter = ({ plugins }, options) =>
  plugins.map((plugin) => ({
    path: `markdown/${plugin.id}.md`,
    content: `${page(plugin, options).join("\n\n")}\n`,
  }));

function page(plugin: ToolPlugin, options: SpecOptions): string[] {
  const { title, description, tools } = plugin;
  const roots = new Set(tools.flatMap(({ input, output }) => [input, output]));
  const nested = [...reachableMessages(roots)].filter((message) => !roots.has(message));
  return [
    `# ${escapeText(title)}`,
    ...(description === "" ? [] : [escapeText(description)]),
    table(
      ["Action", "What it does"],
      tools.map((tool) => [
        `[${code(tool.name)}](#${tool.name})`,
        escapeCell(firstParagraph(toolDescription(tool))),
      ]),
    ),
    ...tools.flatMap((tool) => toolSection(tool, options)),
    ...(nested.length === 0 ? [] : ["## Types"]),
    ...nested.flatMap((message) => typeSection(message)),
  ];
}

function toolSection(tool: Tool, options: SpecOptions): string[] {
  return [
    `## ${tool.name}`,
    escapeText(toolDescription(tool)),
    facts(tool, options).join(" · "),
    "### Request",
    ...messageSection(tool.input),
    "### Response",
    ...messageSection(answerType(tool.output)),
  ];
}

function facts(tool: Tool, { tool_path }: SpecOptions): string[] {
  const idempotency = {
    unspecified: [],
    no_side_effects: ["changes nothing"],
    idempotent: ["may be repeated"],
    not_idempotent: ["must not be repeated"],
  }[tool.idempotency];
  return [
    code(`POST ${tool_path}/${tool.name}`),
    ...(tool.deprecated ? ["deprecated"] : []),
    ...(tool.streaming ? ["answers with a stream"] : []),
    ...(tool.asynchronous ? ["may answer with a receipt, and send the result later"] : []),
    ...idempotency,
    ...(tool.deadlineMs === undefined ? [] : [`at most ${tool.deadlineMs / 1000} s`]),
  ];
}

function typeSection(message: MessageType): string[] {
  const description = escapeText(message.description);
  return [
    `### ${escapeText(message.name)}`,
    ...(description === "" ? [] : [description]),
    ...messageSection(message),
  ];
}
