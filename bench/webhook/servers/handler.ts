// The one handler of all servers.

/** `bench.webhook.v1.HandleMessageRequest`, as far as the handler reads it. */
export interface MessageRequest<User, Attachment> {
  readonly messageId: string;
  readonly user?: User | undefined;
  readonly text: string;
  readonly createdAtMs: bigint;
  readonly metadata: Readonly<Record<string, string>>;
  readonly attachments: Attachment[];
}

/** Answers with most of what it was sent. */
export function handleMessage<U, A>(request: MessageRequest<U, A>) {
  return {
    code: 0,
    messageId: request.messageId,
    reply: request.text,
    user: request.user,
    metadata: request.metadata,
    attachments: request.attachments,
    handledAtMs: request.createdAtMs + 1n,
  };
}
