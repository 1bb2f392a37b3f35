import type { Init } from "../codec/init.ts";
import type { MessageCodec } from "../codec/message-codec.ts";
import type { StandardSchema } from "../validate/shape/standard-schema.ts";
import type { Validator } from "../validate/validator.ts";
import type { Scannable } from "./scanned-field.ts";

/** Everything that is generated for one message type. */
export interface MessageSchema<T> extends MessageCodec<T>, Scannable {
  /** Checks the rules of `buf.validate`; problems go to the collector. */
  readonly validate: Validator<T>;
}

/**
 * What the generator prints for a message type: a schema that form, router and
 * API libraries take as well (https://standardschema.dev), for objects that may
 * lack members.
 */
export interface GeneratedSchema<T> extends MessageSchema<T>, StandardSchema<Init<T>, T> {}

/** Whether, and how, a call may be repeated. See `bot.action.v1.Idempotency`. */
export type Idempotency = "unspecified" | "no_side_effects" | "idempotent" | "not_idempotent";

/** A method that answers once. */
export interface Unary<I, O> {
  readonly kind: "unary";
  readonly input: I;
  readonly output: O;
}

/** A method that answers with a stream of messages. */
export interface ServerStreaming<I, O> {
  readonly kind: "server_streaming";
  readonly input: I;
  readonly output: O;
}

/** The methods of a service by their local (lowerCamelCase) names. */
export type MethodShapes = Readonly<
  Record<string, Unary<unknown, unknown> | ServerStreaming<unknown, unknown>>
>;

/** One action: an rpc as platforms and callers see it. */
export interface ActionContract<
  I,
  O,
  K extends "unary" | "server_streaming" = "unary" | "server_streaming",
> {
  readonly kind: K;
  /** The action's name, for example `get_local_time`. */
  readonly name: string;
  /** The rpc's name, for example `GetLocalTime`. */
  readonly rpc: string;
  /** What the .proto's comment says about it; empty without a comment. */
  readonly description: string;
  /** The longest that one call may take, in milliseconds, if the contract says so. */
  readonly deadlineMs?: number;
  readonly idempotency: Idempotency;
  /** Platforms get a receipt if the result takes long, and the result later. */
  readonly asynchronous?: boolean;
  readonly input: MessageSchema<I>;
  readonly output: MessageSchema<O>;
}

/** Any action, its message types unknown. */
// biome-ignore lint/suspicious/noExplicitAny: message types are both read and written, so no other type accepts every action
export type AnyAction = ActionContract<any, any>;

/**
 * A service's contract: a constant that the generator prints, and from which
 * all types flow.
 */
export interface ServiceContract<M extends MethodShapes = MethodShapes> {
  /** Full name of the service, for example `almanac.v1.AlmanacService`. */
  readonly typeName: string;
  /** The actions by the local names of their rpcs. */
  readonly actions: {
    readonly [K in keyof M]: ActionContract<M[K]["input"], M[K]["output"], M[K]["kind"]>;
  };
  /** Never set. It lets TypeScript find `M` where a contract is part of a larger type. */
  readonly methods?: M;
}

/** Any service, its methods unknown. */
export interface AnyService {
  readonly typeName: string;
  readonly actions: Readonly<Record<string, AnyAction>>;
}
