/** A name of Protobuf for people: `GetHTTPStatus` is `Get HTTP status`. */
export function humanize(name: string): string {
  const words = splitWords(name).map((word) =>
    // Acronyms stay as they are.
    /^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase(),
  );
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name of Protobuf in snake_case: `DayPlanner` is `day_planner`. */
export function snakeCase(name: string): string {
  return splitWords(name).join("_").toLowerCase();
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_]+/)
    .filter((word) => word !== "");
}
