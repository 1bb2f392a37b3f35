import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { messagesOf } from "../message-model/property.ts";
import type { Action, ActionModel } from "../model/action-model.ts";
import type { Diagnostics } from "../model/diagnostics.ts";
import type { RuleBook } from "../model/rules/rule-book.ts";
import type { Mapping } from "../options/option-spec.ts";
import { createMessageTypes } from "./build-message.ts";
import { groupPlugins } from "./group-plugins.ts";
import { humanize } from "./humanize.ts";
import type { MessageType } from "./message-type.ts";
import type { Tool, ToolModel } from "./tool-model.ts";
import { unwrapComment } from "./unwrap-comment.ts";

/**
 * Turns the actions of a run into tools, and groups them to plugins as the
 * mappings say. Reports what is wrong with names and examples.
 */
export function buildToolModel(
  files: readonly DescFile[],
  actions: ActionModel,
  rules: RuleBook,
  mappings: readonly Mapping[],
  diagnostics: Diagnostics,
): ToolModel {
  const messageOf = createMessageTypes(rules, diagnostics);
  const tools = new Map(
    actions.services.map((service) => [
      service,
      service.actions.map((action) => buildTool(action, messageOf)),
    ]),
  );
  return {
    plugins: groupPlugins(tools, mappings, diagnostics),
    messages: files.flatMap((file) => messagesOf(file)).map(messageOf),
  };
}

function buildTool(action: Action, messageOf: (message: DescMessage) => MessageType): Tool {
  return {
    name: action.name,
    title: humanize(action.rpc),
    description: unwrapComment(action.description),
    deprecated: action.deprecated,
    streaming: action.kind === "server_streaming",
    asynchronous: action.asynchronous,
    deadlineMs: action.deadlineMs,
    idempotency: action.idempotency,
    input: messageOf(action.input),
    output: messageOf(action.output),
    desc: action.desc,
  };
}
