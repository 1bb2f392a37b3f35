import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { Action } from "../model/action-model.ts";
import type { MessageType } from "./message-type.ts";

/**
 * What platforms are told about the actions of a run, in no platform's terms:
 * each kind of document is an emitter over this.
 */
export interface ToolModel {
  /** In the order of their services. */
  readonly plugins: readonly ToolPlugin[];
  /** The messages that the files of the run declare, nested ones included. */
  readonly messages: readonly MessageType[];
}

/** Tools that platforms import together: the actions of a service, or of several. */
export interface ToolPlugin {
  /** Names its files and the plugin for models, for example `almanac`. */
  readonly id: string;
  /** Names it for people, for example `Almanac`. */
  readonly title: string;
  /** What its services say about themselves, unwrapped. Empty if they say nothing. */
  readonly description: string;
  /** The version of the API: the last part of the Protobuf package if it is one, else `v1`. */
  readonly version: string;
  readonly tools: readonly Tool[];
  /** The service that is named in problems. */
  readonly desc: DescService;
}

/** An action as platforms and models see it. */
export interface Tool {
  /** The name that is called, for example `get_local_time`. */
  readonly name: string;
  /** For people, for example `Get local time`. */
  readonly title: string;
  /** The .proto's comment, unwrapped. Empty if there is none. */
  readonly description: string;
  readonly deprecated: boolean;
  readonly streaming: boolean;
  /** Platforms may get a receipt, and the result later. */
  readonly asynchronous: boolean;
  /** In milliseconds; undefined if the contract says nothing. */
  readonly deadlineMs: number | undefined;
  readonly idempotency: Action["idempotency"];
  readonly input: MessageType;
  readonly output: MessageType;
  readonly desc: DescMethod;
}
