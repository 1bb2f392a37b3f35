import { implement } from "botwire";
import { AlmanacService } from "../../generated/actions/almanac/v1/almanac.connect.ts";
import { getChineseDate } from "./chinese-date.ts";
import { countdown } from "./countdown.ts";
import { getForecast } from "./forecast.ts";
import { getLocalTime } from "./local-time.ts";
import type { ForecastSource } from "./open-meteo.ts";
import { getSunTimes } from "./sun-times.ts";

/** The example bot, with the service that it asks for forecasts. */
export function almanac(forecasts: ForecastSource) {
  return implement(AlmanacService, {
    getLocalTime,
    getChineseDate,
    getSunTimes,
    countdown,
    getForecast: getForecast(forecasts),
  });
}
