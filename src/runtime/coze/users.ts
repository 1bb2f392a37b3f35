import { type ApiSession, callForData } from "./call-api.ts";
import { textIn } from "./read-record.ts";

/** The users of the platform. */
export interface Users {
  /**
   * The profile of the user whose token is used: with OAuth the one who
   * authorized, with a personal token its owner. The platform tells nothing of
   * others.
   */
  me(): Promise<UserProfile>;
}

/** Who a user of the platform is. */
export interface UserProfile {
  readonly userId: string;
  /** Unique. */
  readonly userName: string;
  readonly nickName: string;
  readonly avatarUrl: string;
}

export function createUsers(session: ApiSession): Users {
  return {
    async me() {
      const request = { method: "GET", path: "/v1/users/me", safe: true } as const;
      const data = await callForData(session, request);
      return {
        userId: textIn(data, "user_id"),
        userName: textIn(data, "user_name"),
        nickName: textIn(data, "nick_name"),
        avatarUrl: textIn(data, "avatar_url"),
      };
    },
  };
}
