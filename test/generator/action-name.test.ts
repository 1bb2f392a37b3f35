import { expect, it } from "vitest";
import { defaultActionName } from "../../src/generator/model/action-name.ts";

it.each([
  ["GetLocalTime", "get_local_time"],
  ["Countdown", "countdown"],
  ["getLocalTime", "get_local_time"],
  ["GetHTTPStatus", "get_http_status"],
  ["LookupURL", "lookup_url"],
  ["HTTPGet", "http_get"],
  ["GetV2Forecast", "get_v2_forecast"],
  ["Get2Things", "get2_things"],
  ["X", "x"],
  ["GetX", "get_x"],
  ["A1", "a1"],
  ["Get_Local_Time", "get_local_time"],
  ["already_snake", "already_snake"],
])("rpc %s is action %s", (rpc, action) => {
  expect(defaultActionName(rpc)).toBe(action);
});
