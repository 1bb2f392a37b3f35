import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { create, type DescMessage, type Message } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import type { GeneratedSchema, MessageSchema } from "botwire";
import { validate } from "botwire/validate";
import { type BenchLine, type Contender, type Effort, measureRates } from "../harness.ts";
import { generate } from "./generate.ts";
import { count, invalidMeetings, type PlainMeeting, reminders, validMeetings } from "./inputs.ts";
import { measureSizes } from "./sizes.ts";
import { measureStart } from "./start.ts";

const baseline = "@bufbuild/protovalidate 1.3.0";
const peersModule = "bench/peers/validate/schemas.js";
const typiaModule = "bench/peers/validate/typia.js";
const peersPackage = "bench/peers/package.json";

/** Measures validators: speed, size and start. */
export async function* run(effort: Effort): AsyncIterable<BenchLine> {
  const generated = generate();
  const subjects = await loadSubjects(generated);
  const meetings = (plain: readonly PlainMeeting[]) =>
    plain.map((meeting) => create(subjects.meeting.desc, asEsInit(meeting)));
  const valid = meetings(validMeetings);
  const invalid = meetings(invalidMeetings);
  const events = reminders.map((reminder) => create(subjects.reminder.desc, reminder));
  yield* compare("valid messages", subjects.meeting, valid, true, "25x", effort);
  yield* compare("invalid, all violations", subjects.meeting, invalid, false, "40x", effort);
  yield* compare("Timestamp, Duration and CEL", subjects.reminder, events, true, "250x", effort);
  yield* comparePlain(subjects.plain, effort);
  yield* measureStart(generated);
  yield* measureSizes(generated);
}

interface Subject {
  readonly desc: DescMessage;
  readonly schema: MessageSchema<Message>;
}

async function* compare(
  name: string,
  { desc, schema }: Subject,
  messages: readonly Message[],
  valid: boolean,
  target: string,
  effort: Effort,
): AsyncIterable<BenchLine> {
  const oracle = createValidator();
  const at = (i: number) => messages[i] ?? fail(`no message ${i}`);
  const contenders: Contender[] = [
    { name: baseline, run: (i) => oracle.validate(desc, at(i)) },
    { name: "botwire", run: (i) => validate(schema, at(i)) },
  ];
  for (const message of messages) {
    const wanted = oracle.validate(desc, message).violations?.length ?? 0;
    const found = validate(schema, message).length;
    if (wanted !== found || (found === 0) !== valid) {
      fail(`${name}: ${found} violations instead of ${wanted}`);
    }
  }
  const rates = measureRates(contenders, messages.length, effort);
  yield line(name, rates, baseline, target);
}

async function* comparePlain(
  schema: GeneratedSchema<unknown>,
  effort: Effort,
): AsyncIterable<BenchLine> {
  const peers = await loadPeers();
  const check = (meeting: unknown) => !("issues" in schema["~standard"].validate(meeting));
  const accepts = { botwire: check, ...peers };
  for (const [name, accept] of Object.entries(accepts)) {
    const wrong = [
      ...validMeetings.filter((meeting) => !accept(meeting)),
      ...invalidMeetings.filter((meeting) => accept(meeting)),
    ];
    if (wrong.length > 0) {
      fail(`${name} is wrong about ${wrong.length} meetings`);
    }
  }
  const contenders = Object.entries(accepts).map(([name, accept]) => ({
    name,
    run: (i: number) => accept(validMeetings[i]),
  }));
  const rates = measureRates(contenders, count, effort);
  for (const peer of Object.keys(peers)) {
    yield line("untrusted object", rates, peer, peer.startsWith("ajv ") ? "2x" : undefined);
  }
}

function line(
  name: string,
  rates: ReadonlyMap<string, number>,
  against: string,
  target: string | undefined,
): BenchLine {
  const value = rates.get("botwire") ?? Number.NaN;
  const ratio = value / (rates.get(against) ?? Number.NaN);
  return {
    suite: "validate",
    case: name,
    metric: "throughput",
    value,
    unit: "messages/s",
    against,
    ratio,
    ...(target === undefined ? {} : { target, met: ratio >= Number.parseFloat(target) }),
  };
}

async function loadSubjects(folder: string) {
  const es = `${folder}/es/bench/validate/v1`;
  const [meetings, others, plain, esMeetings, esReminders] = await Promise.all(
    [
      `${folder}/protobuf-es/bench/validate/v1/meeting.ts`,
      `${folder}/protobuf-es/bench/validate/v1/reminder.ts`,
      `${folder}/ts-proto/bench/validate/v1/meeting.ts`,
      `${es}/meeting_pb.ts`,
      `${es}/reminder_pb.ts`,
    ].map((path) => import(pathToFileURL(path).href)),
  );
  return {
    meeting: { desc: esMeetings.ScheduleMeetingSchema, schema: meetings.ScheduleMeetingSchema },
    reminder: { desc: esReminders.ReminderSchema, schema: others.ReminderSchema },
    plain: plain.ScheduleMeetingSchema,
  };
}

/** The libraries to compare with, if they are installed. */
async function loadPeers(): Promise<Record<string, (value: unknown) => boolean>> {
  if (!existsSync("bench/peers/node_modules")) {
    return fail('the libraries to compare with are missing: run "npm ci --prefix bench/peers"');
  }
  const { ajv, typebox, arktype, zod, valibot } = await import(pathToFileURL(peersModule).href);
  const { typia } = await import(pathToFileURL(typiaModule).href);
  const { dependencies } = JSON.parse(readFileSync(peersPackage, "utf8"));
  const peers = { ajv, typebox, valibot, zod, arktype, typia };
  return Object.fromEntries(
    Object.entries(peers).map(([name, accept]) => [`${name} ${dependencies[name]}`, accept]),
  );
}

/** protobuf-es has another form of oneofs. */
function asEsInit({ target, location, ...rest }: PlainMeeting) {
  return {
    ...structuredClone(rest),
    ...(location === undefined ? {} : { location: { ...location } }),
    target:
      target === undefined ? { case: undefined } : { case: target.$case, value: target.value },
  };
}

function fail(message: string): never {
  throw new Error(message);
}
