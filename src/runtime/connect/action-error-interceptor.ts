import type { Interceptor } from "@connectrpc/connect";
import { ActionError } from "../action/error.ts";
import { toConnectError } from "./error.ts";

/** Lets other interceptors and routes throw `ActionError`s, which Connect does not know. */
export const actionErrorInterceptor: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (reason) {
    throw reason instanceof ActionError ? toConnectError(reason) : reason;
  }
};
