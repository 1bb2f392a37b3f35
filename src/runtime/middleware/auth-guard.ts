import type { MiddlewareContext } from "../action/context.ts";
import { ActionError } from "../action/error.ts";
import type { Middleware } from "../action/middleware.ts";
import { type TokenVerifier, verifyBearer } from "../http/bearer.ts";

/** Who may call. */
export interface AuthGuardOptions {
  /**
   * Finds out whose the access token of a call is (`authorization: Bearer`).
   * Asked only about calls of which the door has verified nothing. Without it
   * such calls are refused.
   */
  readonly verifyToken?: TokenVerifier | undefined;
  /** Whether a caller who is known may make this call; every one may if left out. */
  readonly allow?: ((context: MiddlewareContext) => boolean | Promise<boolean>) | undefined;
}

/**
 * Lets only known callers pass: those of whom the door verified a signature, a
 * key or a token, and those with a token that `verifyToken` knows, whose
 * identity the handler then sees. Others are `unauthenticated`; those who are
 * not allowed are refused with `permission_denied`. Nothing of the request is
 * decoded before.
 */
export function authGuard({ verifyToken, allow }: AuthGuardOptions = {}): Middleware {
  return async function authGuard(context, next) {
    const known = context.authenticated ? context : await identify(context, verifyToken);
    if (allow !== undefined && !(await allow(known))) {
      throw new ActionError("permission_denied", `the caller may not call ${context.action.name}`);
    }
    return next(known);
  };
}

async function identify(
  context: MiddlewareContext,
  verifyToken: TokenVerifier | undefined,
): Promise<MiddlewareContext> {
  if (verifyToken === undefined) {
    throw new ActionError("unauthenticated", "nothing in the call proves who its caller is");
  }
  const identity = await verifyBearer(context.headers, verifyToken);
  return context.withIdentity({ ...identity, authenticated: true });
}
