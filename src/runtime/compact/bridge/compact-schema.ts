import type { Init } from "../../codec/init.ts";
import type { MessageCodec } from "../../codec/message-codec.ts";
import type { CompactCodec } from "../message.ts";
import { bridgeRead, bridgeWrite } from "./bridge-json.ts";
import { completeMessage } from "./complete-message.ts";
import { paramKinds } from "./param-kinds.ts";

/**
 * The parts of a schema whose message is read and written by its table: so it
 * goes wherever schemas go. Only generated code calls it.
 */
export function compactSchema<T extends object, P extends object>(
  codec: CompactCodec<T>,
  rest: P,
): MessageCodec<T> & P {
  return {
    typeName: codec.typeName,
    init: (init?: Init<T>) => completeMessage<T>(codec, init ?? ({} as Init<T>)),
    readJson: (input) => bridgeRead(codec, input),
    writeJson: (message, output) => bridgeWrite(codec, message, output),
    params: paramKinds(codec),
    ...rest,
  };
}
