import { ActionError, type Init } from "botwire";
import { getTimes } from "suncalc";
import {
  type GetSunTimesRequest,
  type GetSunTimesResponse,
  PolarState,
} from "../../generated/types/almanac/v1/almanac.ts";
import { parseCivilDay } from "./civil-day.ts";
import { timestampOf } from "./timestamp.ts";

// Where suncalc's fit of the earth's rotation holds.
const firstYear = 1900;
const lastYear = 2150;

const dayMs = 24 * 60 * 60 * 1000;

/** Tells when the sun rises and sets on a day at a place, as seen at sea level. */
export function getSunTimes(request: GetSunTimesRequest): Init<GetSunTimesResponse> {
  const { place } = request;
  if (place === undefined) {
    throw new ActionError("invalid_argument", "place: value is required");
  }
  const { year, month, day } = parseCivilDay(request.date, firstYear, lastYear);
  // Noon by the place's own sun: whatever the longitude, it lies on the day that
  // the place's clocks show, so that sunrise and sunset belong to that day.
  const noon = Date.UTC(year, month - 1, day, 12) - (place.longitude / 360) * dayMs;
  const times = getTimes(new Date(noon), place.latitude, place.longitude);
  return {
    sunrise: times.sunrise === null ? undefined : timestampOf(times.sunrise),
    sunset: times.sunset === null ? undefined : timestampOf(times.sunset),
    solarNoon: timestampOf(times.solarNoon),
    polarState: polarState(times.alwaysUp, times.alwaysDown),
  };
}

function polarState(alwaysUp = false, alwaysDown = false): PolarState {
  if (alwaysUp) {
    return PolarState.POLAR_STATE_DAY;
  }
  return alwaysDown ? PolarState.POLAR_STATE_NIGHT : PolarState.POLAR_STATE_UNSPECIFIED;
}
