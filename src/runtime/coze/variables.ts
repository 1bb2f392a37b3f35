import type { JsonRecord } from "../http/json-body.ts";
import type { ApiRequest } from "./api-request.ts";
import { type ApiSession, callApi, callForData } from "./call-api.ts";
import type { CallerIds } from "./caller.ts";
import { listIn, textIn, timeIn } from "./read-record.ts";

/** Variables of a user, which bots, apps and workflows share with actions. */
export interface Variables {
  /** The value of a variable; undefined if the bot has no such variable. */
  get(name: string, scope?: VariableScope): Promise<string | undefined>;
  /** All variables, or those of these names that exist. */
  list(names?: readonly string[], scope?: VariableScope): Promise<readonly Variable[]>;
  /** Sets variables, which the bot has to have. */
  set(values: Readonly<Record<string, string>>, scope?: VariableScope): Promise<void>;
}

/** Whose variables; what is left out is the call's. */
export interface VariableScope {
  readonly botId?: string | undefined;
  /** An app instead of a bot. */
  readonly appId?: string | undefined;
  readonly userId?: string | undefined;
  /** The channel; the platform's own (the API's) if the call says none. */
  readonly connectorId?: string | undefined;
}

/** One variable. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** Undefined as long as it has its default. */
  readonly createdAt: Date | undefined;
  readonly updatedAt: Date | undefined;
}

const path = "/v1/variables";

export function createVariables(session: ApiSession, ids: CallerIds): Variables {
  const list = async (names: readonly string[] | undefined, scope: VariableScope = {}) => {
    if (names?.length === 0) {
      return [];
    }
    const query = { ...scopeOf(ids, scope), keywords: names };
    const request: ApiRequest = { method: "GET", path, query, safe: true };
    return listIn(await callForData(session, request), "items", readVariable);
  };
  return {
    list,
    async get(name, scope) {
      const found = await list([name], scope);
      return found.find((variable) => variable.name === name)?.value;
    },
    async set(values, scope = {}) {
      const data = Object.entries(values).map(([keyword, value]) => ({ keyword, value }));
      if (data.length > 0) {
        const body = { ...scopeOf(ids, scope), data };
        // Setting what is set already does nothing.
        await callApi(session, { method: "PUT", path, body, safe: true });
      }
    },
  };
}

function scopeOf(ids: CallerIds, { appId, botId, userId, connectorId }: VariableScope) {
  return {
    ...(appId === undefined ? { bot_id: ids.need("botId", botId) } : { app_id: appId }),
    connector_uid: ids.need("userId", userId),
    connector_id: ids.find("connectorId", connectorId),
  };
}

function readVariable(item: JsonRecord): Variable {
  return {
    name: textIn(item, "keyword"),
    value: textIn(item, "value"),
    createdAt: timeIn(item, "create_time"),
    updatedAt: timeIn(item, "update_time"),
  };
}
