/**
 * botwire: typed bot actions. Contracts, implementations, and the pipeline that
 * every call passes. Runs on Node, Deno, Bun, browsers and edge workers.
 */
export type {
  ActionResponse,
  Call,
  Failure,
  Outcome,
  Route,
  Success,
} from "./runtime/action/call.ts";
export { type Code, codes } from "./runtime/action/code.ts";
export type {
  ActionContext,
  CallContext,
  CallerIdentity,
  CallStage,
  Identity,
  LateListener,
  MiddlewareContext,
  StartContext,
} from "./runtime/action/context.ts";
export type {
  ContextExtensions,
  ExtendedContext,
} from "./runtime/action/context-extension.ts";
export { type ContextKey, createContextKey } from "./runtime/action/context-key.ts";
export type {
  ActionContract,
  AnyAction,
  AnyService,
  GeneratedSchema,
  Idempotency,
  MessageSchema,
  MethodShapes,
  ServerStreaming,
  ServiceContract,
  Unary,
} from "./runtime/action/contract.ts";
export { defineMessage, defineService } from "./runtime/action/define.ts";
export { emptyMessageSchema, emptySchema } from "./runtime/action/empty-schema.ts";
export {
  ActionError,
  type ActionErrorOptions,
  type ErrorDetail,
  type FieldViolation,
} from "./runtime/action/error.ts";
export type { Handler, Handlers, StreamHandler, UnaryHandler } from "./runtime/action/handler.ts";
export type { HeaderReader, HeaderWriter } from "./runtime/action/headers.ts";
export type { Hooks, RequestEnd } from "./runtime/action/hooks.ts";
export {
  type Implementation,
  type ImplementedAction,
  implement,
} from "./runtime/action/implement.ts";
export type { JobQueue, Receipt } from "./runtime/action/job-queue.ts";
export { createJsonLogger, type JsonLoggerOptions } from "./runtime/action/json-logger.ts";
export { redact } from "./runtime/action/known-secrets.ts";
export {
  type LogFields,
  type Logger,
  type LogLevel,
  silentLogger,
} from "./runtime/action/logger.ts";
export { messageContent } from "./runtime/action/message-content.ts";
export type { Middleware, Next } from "./runtime/action/middleware.ts";
export { buildMiddlewareChain, type MaybeMiddleware } from "./runtime/action/middleware-chain.ts";
export type {
  CallObserver,
  CallStart,
  ObservedCall,
  ObservedPart,
  PartKind,
  Scope,
} from "./runtime/action/observer.ts";
export type { OverloadOptions } from "./runtime/action/overload.ts";
export {
  createPipeline,
  type Pipeline,
  type PipelineDefaults,
  type PipelineOptions,
} from "./runtime/action/pipeline.ts";
export type { Scannable, ScannedField } from "./runtime/action/scanned-field.ts";
export { toActionError } from "./runtime/action/to-action-error.ts";
export type {
  ObjectSchema,
  SchemaValue,
  ToolDescription,
  ToolSet,
} from "./runtime/action/tool-set.ts";
export type { Init } from "./runtime/codec/init.ts";
export { version } from "./runtime/version.ts";
