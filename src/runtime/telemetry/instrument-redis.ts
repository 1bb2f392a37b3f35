import { tracingChannel } from "node:diagnostics_channel";
import { beginOperation, type ClientOperation } from "./client-operation.ts";
import { queryDuration } from "./query-duration.ts";
import { attr } from "./semconv.ts";

/** What the package `redis` tells of a command; it leaves values out of `args`. */
interface RedisCommand {
  readonly command: string;
  readonly database: number;
  readonly serverAddress: string;
  readonly serverPort: number | undefined;
  readonly error?: unknown;
}

/**
 * Makes a client span and a `db_query_duration` of every command that clients
 * of the package `redis` send, from 6 on: they tell about them by themselves.
 *
 * @returns a function that ends it
 */
export function instrumentRedis(): () => void {
  const channel = tracingChannel<unknown, RedisCommand>("node-redis:command");
  const operations = new WeakMap<RedisCommand, ClientOperation>();
  const subscribers = {
    start(command: RedisCommand) {
      const { command: name, database, serverAddress, serverPort } = command;
      const operation = beginOperation({
        name,
        attributes: { [attr.dbSystem]: "redis", [attr.dbOperation]: name },
        details: {
          [attr.dbNamespace]: String(database),
          [attr.serverAddress]: serverAddress,
          ...(serverPort === undefined ? {} : { [attr.serverPort]: serverPort }),
        },
        duration: queryDuration,
      });
      operations.set(command, operation);
    },
    end() {},
    asyncStart() {},
    asyncEnd(command: RedisCommand) {
      operations.get(command)?.end(command.error);
      operations.delete(command);
    },
    error() {},
  };
  channel.subscribe(subscribers);
  return () => channel.unsubscribe(subscribers);
}
