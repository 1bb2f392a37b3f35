import type { DayForecast } from "../../generated/types/almanac/v1/almanac.ts";
import { weatherWords } from "./weather-code.ts";

/** The columns to ask Open-Meteo for. */
export const dailyColumns = [
  "weather_code",
  "temperature_2m_min",
  "temperature_2m_max",
  "precipitation_sum",
] as const;

/**
 * Reads Open-Meteo's table of days, `{ "daily": { "time": ["2026-06-21", ...],
 * "weather_code": [3, ...], ... } }`. Days for which there is no full forecast
 * yet (null) are left out. Throws an error that says what is wrong.
 */
export function readDailyAnswer(text: string): DayForecast[] {
  const answer = record(JSON.parse(text), "the answer");
  const daily = record(answer["daily"], "daily");
  const dates = column(daily, "time", isDay);
  const [codes, lows, highs, rain] = dailyColumns.map((name) => {
    const values = column(daily, name, isNumberOrNull);
    if (values.length !== dates.length) {
      throw new Error(`daily.${name} has ${values.length} entries for ${dates.length} days`);
    }
    return values;
  });
  return dates.flatMap((date, i) => {
    const code = codes?.[i] ?? null;
    const temperatureMin = lows?.[i] ?? null;
    const temperatureMax = highs?.[i] ?? null;
    const precipitation = rain?.[i] ?? null;
    if (
      code === null ||
      temperatureMin === null ||
      temperatureMax === null ||
      precipitation === null
    ) {
      return [];
    }
    return [{ date, temperatureMin, temperatureMax, precipitation, summary: weatherWords(code) }];
  });
}

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) {
    throw new Error(`${name} is no object`);
  }
  return value;
}

function column<T>(
  daily: Readonly<Record<string, unknown>>,
  name: string,
  is: (value: unknown) => value is T,
): T[] {
  const values: unknown = daily[name];
  if (!Array.isArray(values) || !values.every(is)) {
    throw new Error(`daily.${name} is missing or has entries of another type`);
  }
  return values;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && Number.isFinite(value));
}
