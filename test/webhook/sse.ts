/** One server-sent event. */
export interface SentEvent {
  /** `message` unless the event has a name. */
  readonly event: string;
  readonly data: unknown;
}

/** Reads an answer as server-sent events, as browsers do, but with JSON as data. */
export async function readEvents(response: Response): Promise<readonly SentEvent[]> {
  return parseEvents(await response.text());
}

/** Parses the text of server-sent events. Comments are left out. */
export function parseEvents(text: string): readonly SentEvent[] {
  return text
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line !== "" && !line.startsWith(":")))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      return { event: field("event") ?? "message", data: JSON.parse(field("data") ?? "null") };
    });
}
