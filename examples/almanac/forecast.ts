import { ActionError, type Init } from "botwire";
import type {
  GetForecastRequest,
  GetForecastResponse,
} from "../../generated/types/almanac/v1/almanac.ts";
import type { ForecastSource } from "./open-meteo.ts";

/** Makes the handler that forecasts the weather from a source. */
export function getForecast(source: ForecastSource) {
  return async (
    request: GetForecastRequest,
    context: { readonly signal: AbortSignal },
  ): Promise<Init<GetForecastResponse>> => {
    if (request.place === undefined) {
      throw new ActionError("invalid_argument", "place: value is required");
    }
    return { days: await source(request.place, request.days, context.signal) };
  };
}
