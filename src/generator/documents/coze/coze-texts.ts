import { type Diagnostics, quote } from "../../model/diagnostics.ts";
import type { Tool, ToolPlugin } from "../../tool-model/tool-model.ts";
import { type FittedText, fitComment, messageWords, toolDescription } from "../tool-text.ts";
import { sentences } from "../words/list-words.ts";

/** How long descriptions of plugins and tools may be. */
const maxText = 600;

/** What Coze takes as the name of a plugin. */
const titlePattern = /^[\w\s\u4e00-\u9fa5]{1,30}$/;

/**
 * What Coze tells a model about a tool: of an operation it forwards only the
 * summary, so the rules about the request as a whole stand there, too.
 */
export function cozeSummary(tool: Tool): FittedText {
  const rules = messageWords(tool.input);
  const { text, tooLong } = fitComment(toolDescription(tool), maxText);
  const full = sentences([text, rules]);
  return full.length <= maxText ? { text: full, tooLong } : { text, tooLong };
}

/** What Coze tells about a plugin. */
export function cozePluginText({ description, title }: ToolPlugin): string {
  return description === "" ? `${title}.` : fitComment(description, maxText).text;
}

/** Reports names and comments that Coze doesn't take. */
export function reportCozeTexts(plugin: ToolPlugin, diagnostics: Diagnostics): void {
  if (!titlePattern.test(plugin.title)) {
    diagnostics.report(
      plugin.desc,
      `Coze takes no plugin with the name ${quote(plugin.title)}: give it one of at most 30 letters, digits, "_" and spaces with the option plugin=${plugin.desc.typeName}:<name>`,
    );
  }
  const report = (desc: Tool["desc"] | ToolPlugin["desc"], length: number) =>
    diagnostics.report(
      desc,
      `the first paragraph of the comment of ${desc.name} has ${length} characters, and Coze takes at most ${maxText}: put the rest into paragraphs of its own`,
    );
  if (cozePluginText(plugin).length > maxText) {
    report(plugin.desc, cozePluginText(plugin).length);
  }
  for (const tool of plugin.tools) {
    const { text, tooLong } = cozeSummary(tool);
    if (tooLong) {
      report(tool.desc, text.length);
    }
  }
}
