import { type Diagnostics, quote } from "../../model/diagnostics.ts";
import type { Field, MessageType } from "../../tool-model/message-type.ts";
import { measureInlined, reachableMessages } from "../../tool-model/nested.ts";
import type { Tool } from "../../tool-model/tool-model.ts";
import type { ValueType } from "../../tool-model/value-type.ts";

/** What a tool may be made of: Coze itself has no limits, but somebody has to look at it. */
const maxProperties = 5000;
const maxDepth = 20;

const wayOut =
  "or keep the action off platforms with (bot.action.v1.action).exclude, or leave coze out of the option target";

/** Reports what Coze can't carry. True if there is something. */
export function reportCozeProblems(tool: Tool, diagnostics: Diagnostics): boolean {
  const before = diagnostics.count;
  for (const message of [tool.input, tool.output]) {
    reportShape(tool, message, diagnostics);
    for (const { fields } of reachableMessages([message])) {
      for (const field of fields) {
        reportField(field, diagnostics);
      }
    }
  }
  return diagnostics.count > before;
}

function reportShape(tool: Tool, message: MessageType, diagnostics: Diagnostics): void {
  const { circle, properties, depth } = measureInlined(message);
  if (circle !== undefined) {
    diagnostics.report(
      circle.desc,
      `Coze can't express a message that contains itself, as ${circle.desc.parent.typeName} does through ${quote(circle.name)}: send a list of entries that refer to each other by an id, ${wayOut}`,
    );
  } else if (properties > maxProperties || depth > maxDepth) {
    diagnostics.report(
      tool.desc,
      `Coze has no references, and spelled out ${message.typeName} has ${properties} properties on ${depth} levels (at most ${maxProperties} on ${maxDepth} are written): use smaller messages, ${wayOut}`,
    );
  }
}

function reportField({ desc, name, value }: Field, diagnostics: Diagnostics): void {
  const mend = cozeMend(value.type);
  if (mend !== undefined) {
    diagnostics.report(
      desc,
      `Coze drops ${mend.what} such as ${quote(name)}, because it keeps only what is declared by name: ${mend.instead}, ${wayOut}`,
    );
  }
}

/** What Coze drops of a type, and what to use instead. */
function cozeMend(
  type: ValueType,
): { readonly what: string; readonly instead: string } | undefined {
  switch (type.kind) {
    case "map":
      return { what: "a map", instead: "use a list of messages with a key and a value" };
    case "struct":
    case "jsonList":
    case "json":
    case "any":
    case "null":
      return {
        what: "free JSON",
        instead: "use a message with fields, or a string with JSON text",
      };
    case "message":
      return type.message.fields.length === 0
        ? { what: "an object without fields", instead: "use a bool" }
        : undefined;
    case "list":
      return cozeMend(type.items.type);
    default:
      return undefined;
  }
}
