import { ActionError } from "botwire";
import type { DayForecast, Place } from "../../generated/types/almanac/v1/almanac.ts";
import { dailyColumns, readDailyAnswer } from "./daily-answer.ts";
import { readText } from "./read-text.ts";

/** Asks for the forecast of some days at a place. */
export type ForecastSource = (
  place: Place,
  days: number,
  signal: AbortSignal,
) => Promise<DayForecast[]>;

/** The service that needs no key; free of charge for non-commercial use. */
export const publicOpenMeteo = "https://api.open-meteo.com";

/** The most that is read of an answer; one of 16 days has two kilobytes. */
const maxAnswerBytes = 256 * 1024;

/**
 * Makes a source that asks the forecast API of Open-Meteo,
 * https://open-meteo.com/en/docs, at a base URL such as `https://api.open-meteo.com`.
 *
 * Whatever goes wrong is `unavailable`. What exactly it was is the error's
 * cause: that is for the log, callers can do nothing about it.
 */
export function openMeteo(baseUrl: string): ForecastSource {
  // Parsed here, so that a URL with a typo stops the server and not every call.
  const endpoint = new URL("v1/forecast", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  return async (place, days, signal) => {
    const url = new URL(endpoint);
    url.search = new URLSearchParams({
      latitude: String(place.latitude),
      longitude: String(place.longitude),
      daily: dailyColumns.join(","),
      forecast_days: String(days),
      timezone: "auto",
    }).toString();
    const text = await get(url, signal);
    try {
      return readDailyAnswer(text);
    } catch (cause) {
      throw unavailable("gave an answer that cannot be understood", cause);
    }
  };
}

async function get(url: URL, signal: AbortSignal): Promise<string> {
  let response: Response;
  let text: string | undefined;
  try {
    response = await fetch(url, { signal, headers: { accept: "application/json" } });
    text = await readText(response, maxAnswerBytes);
  } catch (cause) {
    // The budget or the caller ended the call: that is no fault of the service.
    signal.throwIfAborted();
    throw unavailable("cannot be reached", cause);
  }
  if (!response.ok) {
    const status = `HTTP status ${response.status}`;
    throw unavailable(`answered with ${status}`, new Error(`${status}: ${text?.slice(0, 500)}`));
  }
  if (text === undefined) {
    const cause = new Error(`the answer is longer than ${maxAnswerBytes} bytes`);
    throw unavailable("gave an answer that cannot be understood", cause);
  }
  return text;
}

function unavailable(what: string, cause: unknown): ActionError {
  return new ActionError("unavailable", `the weather service ${what}`, { cause });
}
