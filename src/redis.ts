/**
 * botwire/redis: what several machines of a service share, in Redis, through a
 * client of the package `redis`.
 */
export {
  type RedisClient,
  type RedisReplayStoreOptions,
  redisReplayStore,
} from "./runtime/redis/redis-replay-store.ts";
