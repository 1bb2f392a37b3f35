import type { DescFile, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";

/** What a generate run is about: the actions of its files, as plain data. */
export interface ActionModel {
  /** The services that have actions, in the order of files and declarations. */
  readonly services: readonly ServiceModel[];
}

/** A service with at least one action. */
export interface ServiceModel {
  readonly desc: DescService;
  readonly file: DescFile;
  /** Full name, for example `almanac.v1.AlmanacService`. */
  readonly typeName: string;
  /** The .proto's comment. */
  readonly description: string;
  readonly deprecated: boolean;
  readonly actions: readonly Action[];
}

/** An rpc as platforms see it. */
export interface Action {
  readonly desc: DescMethod;
  readonly kind: "unary" | "server_streaming";
  /** The name that platforms call, for example `get_local_time`. */
  readonly name: string;
  /** The rpc's name, for example `GetLocalTime`. */
  readonly rpc: string;
  /** The rpc's name as a property, for example `getLocalTime`. */
  readonly localName: string;
  /** The .proto's comment. */
  readonly description: string;
  readonly deprecated: boolean;
  /** In milliseconds; undefined if the contract says nothing. */
  readonly deadlineMs: number | undefined;
  readonly idempotency: Idempotency;
  /** Whether platforms may get a receipt, and the result later. */
  readonly asynchronous: boolean;
  readonly input: DescMessage;
  readonly output: DescMessage;
}

/** Whether a call may be repeated. See `bot.action.v1.Idempotency`. */
export type Idempotency = "unspecified" | "no_side_effects" | "idempotent" | "not_idempotent";
