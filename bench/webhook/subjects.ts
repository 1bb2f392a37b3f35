import type { LoadSubject } from "../load/compare-loads.ts";
import type { ServerModules } from "./generate.ts";
import { isAnswer, isEcho, signedRequest } from "./inputs.ts";

/** What all servers are measured against. */
export const rawEcho = "raw node:http echo";

/** The names of the servers that do the work. */
export const botwire = "botwire callback door";
export const connect = "connect-node unary JSON";
export const bareConnect = `${connect}, no signature, no rules`;
export const usual = "written the usual way";

/**
 * The servers, all for the same body.
 *
 * @param args see `waitMs` and the raw server
 */
export function subjectsOf(modules: ServerModules, args: readonly string[]) {
  const callback = () => signedRequest("/coze_callback");
  return {
    raw: { name: rawEcho, module: modules.raw, args, request: callback, isRight: isEcho },
    botwire: { name: botwire, module: modules.botwire, args, request: callback, isRight: isAnswer },
    usual: { name: usual, module: modules.usual, args, request: callback, isRight: isAnswer },
    connect: {
      name: connect,
      module: modules.connect,
      args,
      request: () => signedRequest("/bench.webhook.v1.CallbackService/Callback"),
      isRight: isAnswer,
    },
    bareConnect: {
      name: bareConnect,
      module: modules.connect,
      args: [...(args.length === 0 ? ["0"] : args), "bare"],
      request: () => signedRequest("/bench.webhook.v1.CallbackService/Callback"),
      isRight: isAnswer,
    },
  } satisfies Readonly<Record<string, LoadSubject>>;
}
