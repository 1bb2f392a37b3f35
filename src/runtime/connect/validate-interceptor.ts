import type { DescMethod, Message } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { validate } from "../validate/validate.ts";
import { ValidationError } from "../validate/validation-error.ts";
import { violationPath } from "../validate/violation-path.ts";
import type { AnyConnectService, ConnectMethod } from "./contract.ts";
import { toViolationsMessage } from "./violations.ts";

/**
 * An interceptor that refuses requests which break the rules of their schema,
 * for those who use Connect without a botwire server. It sends the very errors
 * of `@connectrpc/validate`, but runs generated validators.
 *
 * Only the actions of the given contracts are checked; take these from the
 * `.connect.ts` files.
 */
export function validateInterceptor(...services: readonly AnyConnectService[]): Interceptor {
  const methods = new Map<string, ConnectMethod>();
  for (const { connect } of services) {
    for (const method of connect.methods) {
      methods.set(keyOf(method.method), method);
    }
  }
  return (next) => (request) => {
    const method = methods.get(keyOf(request.method));
    if (method === undefined) {
      return next(request);
    }
    if (!request.stream) {
      checkMessage(method, request.message);
      return next(request);
    }
    return next({ ...request, message: checkAll(method, request.message) });
  };
}

async function* checkAll(
  method: ConnectMethod,
  messages: AsyncIterable<Message>,
): AsyncGenerator<Message> {
  for await (const message of messages) {
    checkMessage(method, message);
    yield message;
  }
}

function checkMessage({ action, input }: ConnectMethod, message: Message): void {
  const violations = validate(action.input, input.fromConnect(message));
  if (violations.length === 0) {
    return;
  }
  const cause = new ValidationError(violations);
  const value = toViolationsMessage(
    violations.map((violation) => ({
      field: violationPath(violation),
      rule: violation.ruleId,
      message: violation.message,
      forKey: violation.forKey,
      violation,
    })),
  );
  const details = [{ desc: ViolationsSchema, value }];
  throw new ConnectError(cause.message, Code.InvalidArgument, undefined, details, cause);
}

function keyOf(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}
