/**
 * botwire/coze: the API of the Coze platform for handlers, and the tokens that
 * it needs. Runs on Node.
 */
export { CozeApiError, cozeErrorOf } from "./runtime/coze/api-error.ts";
export type { CallerId, CozeCaller } from "./runtime/coze/caller.ts";
export type { Chat, ChatStatus, ToolCall, ToolOutput } from "./runtime/coze/chat.ts";
export type { ChatEvent } from "./runtime/coze/chat-events.ts";
export type { ChatOptions, ChatRef, Chats } from "./runtime/coze/chats.ts";
export type { CozeClient } from "./runtime/coze/client.ts";
export type { Clock } from "./runtime/coze/clock.ts";
export type {
  Conversation,
  Conversations,
  MessagePage,
  MessageQuery,
} from "./runtime/coze/conversations.ts";
export type { DeviceAuthorization, DeviceWait } from "./runtime/coze/device-flow.ts";
export { cozeCn, cozeCom, type Endpoint, type EndpointOptions } from "./runtime/coze/endpoint.ts";
export { fileTokenStore } from "./runtime/coze/file-token-store.ts";
export { type JwtOptions, jwtCredentials } from "./runtime/coze/jwt-credentials.ts";
export type {
  DocumentStatus,
  ImageQuery,
  Knowledge,
  KnowledgeBase,
  KnowledgeDocument,
  KnowledgeImage,
  KnowledgeKind,
  KnowledgeQuery,
  Page,
  PageQuery,
} from "./runtime/coze/knowledge.ts";
export type { CozeMessage, NewMessage } from "./runtime/coze/message.ts";
export {
  type Authorization,
  type AuthorizationOptions,
  type CodeOptions,
  createOAuthClient,
  type OAuthClient,
  type OAuthClientOptions,
} from "./runtime/coze/oauth-client.ts";
export { type OAuthOptions, oauthCredentials } from "./runtime/coze/oauth-credentials.ts";
export { personalToken } from "./runtime/coze/personal-token.ts";
export {
  type CozeAccess,
  type CozePlatform,
  type CozePlatformOptions,
  createCozePlatform,
} from "./runtime/coze/platform.ts";
export type { WaitOptions } from "./runtime/coze/poll.ts";
export type { TokenUsage } from "./runtime/coze/read-record.ts";
export type { SdkClass, SdkClient } from "./runtime/coze/sdk.ts";
export type { CozeCredentials, TokenSource } from "./runtime/coze/token-source.ts";
export { memoryTokenStore, type OAuthTokens, type TokenStore } from "./runtime/coze/token-store.ts";
export type { UserProfile, Users } from "./runtime/coze/users.ts";
export type { Variable, VariableScope, Variables } from "./runtime/coze/variables.ts";
export type { WorkflowEvent } from "./runtime/coze/workflow-events.ts";
export type {
  OutputCheck,
  OutputSchema,
  WorkflowInterrupt,
  WorkflowProgress,
  WorkflowResult,
} from "./runtime/coze/workflow-run.ts";
export type {
  OutputOptions,
  RunOptions,
  WorkflowParameters,
  Workflows,
} from "./runtime/coze/workflows.ts";
