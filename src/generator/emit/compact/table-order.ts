import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { messagesOf } from "../../message-model/property.ts";

/** The messages of a file, each after those that it holds, as far as they don't hold it. */
export function tableOrder(file: DescFile): readonly DescMessage[] {
  const order = new Set<DescMessage>();
  const open = new Set<DescMessage>();
  // A stack of our own: messages may hold each other in a long chain.
  const stack = [...messagesOf(file)].reverse();
  for (let message = stack.at(-1); message !== undefined; message = stack.at(-1)) {
    if (open.has(message)) {
      order.add(message);
      stack.pop();
    } else {
      open.add(message);
      const held = message.fields.flatMap((field) => field.message ?? []);
      stack.push(...held.filter((each) => each.file === file && !open.has(each)).reverse());
    }
  }
  return [...order];
}
