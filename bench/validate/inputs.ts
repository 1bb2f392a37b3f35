// The messages that are validated: the same ones in every run.

/** A meeting as a plain object, in the form of ts-proto. */
export interface PlainMeeting {
  requestId: string;
  title: string;
  slug: string;
  organizerEmail: string;
  start: number;
  end: number;
  capacity: number;
  retries: number;
  budget: number;
  priority: number;
  tags: string[];
  labels: Record<string, string>;
  attendees: { email: string; name: string; age: number }[];
  location: { lat: number; lng: number; label: string } | undefined;
  target:
    | { $case: "channelId" | "roomId"; value: string }
    | { $case: "webhook"; value: { url: string; secret: string } }
    | undefined;
}

let state = 12345;

function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * limit);
}

function between(low: number, high: number): number {
  return low + below(high - low + 1);
}

const words = "alpha bravo launch review sync planning q3 infra design ops retro bot".split(" ");
const word = () => words[below(words.length)] ?? "alpha";
const sentence = (length: number) => Array.from({ length }, word).join(" ");
const text = (length: number, letters: string) =>
  Array.from({ length }, () => letters[below(letters.length)]).join("");
const hex = (length: number) => text(length, "0123456789abcdef");
const uuid = () => `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
const email = () => `${word()}.${word()}${between(1, 99)}@${word()}.example.com`;

function target(): PlainMeeting["target"] {
  switch (below(3)) {
    case 0:
      return { $case: "channelId", value: `C${text(10, "ABCDEFGH0123")}` };
    case 1:
      return { $case: "roomId", value: `room ${word()}` };
    default:
      return {
        $case: "webhook",
        value: { url: `https://hooks.example.com/${hex(12)}`, secret: hex(32) },
      };
  }
}

function labels(): Record<string, string> {
  const count = between(2, 5);
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${word().replace(/[0-9]/g, "x")}_${"abcdef"[i]}`,
      sentence(between(1, 4)),
    ]),
  );
}

function meeting(): PlainMeeting {
  const start = between(1_700_000_000, 1_800_000_000);
  return {
    requestId: uuid(),
    title: (below(10) === 0 ? "📅 " : "") + sentence(between(3, 8)),
    slug: `${word()}-${word()}-${hex(4)}`,
    organizerEmail: email(),
    start,
    end: start + between(600, 7200),
    capacity: between(10, 100),
    retries: between(0, 5),
    budget: between(0, 100_000) / 100,
    priority: between(1, 3),
    tags: [...new Set(Array.from({ length: between(2, 6) }, () => word() + below(100)))],
    labels: labels(),
    attendees: Array.from({ length: between(2, 6) }, () => ({
      email: email(),
      name: sentence(2),
      age: between(18, 80),
    })),
    location: { lat: between(-90, 90), lng: between(-180, 180), label: sentence(3) },
    target: target(),
  };
}

const firstAttendee = (m: PlainMeeting) => m.attendees[0] ?? { email: "", name: "", age: 0 };

/** What makes a meeting invalid, each in one place. */
const mistakes: readonly ((m: PlainMeeting) => void)[] = [
  (m) => Object.assign(m, { requestId: "not-a-uuid" }),
  (m) => Object.assign(m, { title: "" }),
  (m) => Object.assign(m, { slug: "Bad Slug!" }),
  (m) => Object.assign(m, { organizerEmail: "nobody" }),
  (m) => Object.assign(m, { end: m.start }),
  (m) => Object.assign(m, { capacity: 501 }),
  (m) => Object.assign(m, { retries: 11 }),
  (m) => Object.assign(m, { budget: -1 }),
  (m) => Object.assign(m, { priority: 0 }),
  (m) => Object.assign(m, { priority: 9 }),
  (m) => Object.assign(m, { tags: [] }),
  (m) => Object.assign(m, { tags: ["a", "b", "a"] }),
  (m) => Object.assign(m, { tags: ["a", ""] }),
  (m) => Object.assign(m, { labels: { BAD: "x" } }),
  (m) => Object.assign(m, { labels: { ok: "v".repeat(129) } }),
  (m) => Object.assign(firstAttendee(m), { email: "x@" }),
  (m) => Object.assign(firstAttendee(m), { age: 200 }),
  (m) => Object.assign(firstAttendee(m), { name: "" }),
  (m) => Object.assign(m, { location: undefined }),
  (m) => Object.assign(m, { location: { lat: 91, lng: 0, label: "" } }),
  (m) => Object.assign(m, { target: { $case: "channelId", value: "nope" } }),
  (m) => Object.assign(m, { target: undefined }),
  (m) => Object.assign(m, { title: "x".repeat(121) }),
  (m) =>
    Object.assign(m, { target: { $case: "webhook", value: { url: "http://x", secret: "short" } } }),
  (m) => Object.assign(m, { start: 0 }),
  (m) => Object.assign(m, { organizerEmail: "" }),
];

function invalidMeeting(_: unknown, i: number): PlainMeeting {
  const result = meeting();
  for (let k = 0, mistake = i; k <= below(3); k++, mistake = below(mistakes.length)) {
    mistakes[mistake % mistakes.length]?.(result);
  }
  return result;
}

/** How many messages of each kind there are. */
export const count = 64;

export const validMeetings: readonly PlainMeeting[] = Array.from({ length: count }, meeting);

/** Meetings with one to three mistakes. */
export const invalidMeetings: readonly PlainMeeting[] = Array.from(
  { length: count },
  invalidMeeting,
);

/** Reminders: messages of timestamps, durations, bytes and 64-bit integers. */
export const reminders = Array.from({ length: count }, (_, i) => ({
  startsAt: { seconds: 1_700_000_000n + BigInt(i), nanos: i * 1000 },
  endsAt: { seconds: 1_700_005_000n + BigInt(i), nanos: 5 },
  length: { seconds: 3600n, nanos: 0 },
  sequence: 5n + BigInt(i),
  nonce: new Uint8Array(16),
  zone: i % 2 === 0 ? "Europe/Berlin" : "UTC",
}));
