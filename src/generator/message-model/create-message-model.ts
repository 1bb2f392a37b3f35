import type { MessageModel, ModelPaths } from "./message-model.ts";
import { createProtobufEsModel } from "./protobuf-es.ts";
import { createTsProtoModel } from "./ts-proto.ts";

/** The libraries whose messages botwire can work with. */
export const messageModels = {
  "ts-proto": createTsProtoModel,
  "protobuf-es": createProtobufEsModel,
} as const satisfies Record<string, (paths: ModelPaths) => MessageModel>;

/** A value of the plugin option `model`. */
export type MessageModelName = keyof typeof messageModels;
