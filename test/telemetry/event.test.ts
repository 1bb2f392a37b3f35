import { hash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { run as evaluate } from "@bufbuild/cel";
import { trace } from "@opentelemetry/api";
import { createBotServer } from "botwire/node";
import { redisReplayStore } from "botwire/redis";
import { instrumentPg, instrumentRedis, tracedFetch } from "botwire/telemetry";
import { type EventHandlers, eventsDoor } from "botwire/webhook";
import pg from "pg";
import { createClient } from "redis";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { run } from "../interop/command.ts";
import { describeWith } from "../interop/tools.ts";
import { type RunningRedis, redisServer, startRedis } from "../security/redis-server.ts";
import { EventPlatform } from "../webhook/event-platform.ts";
import { postgres, promtool, type RunningPostgres, startPostgres } from "./postgres-server.ts";
import { startWithSink } from "./start.ts";

const token = "verify-token";
const payload = '{"user_id":2100288001,"bot_id":7340000000000000001,"bot_name":"早安"}';

const audit = `
  CREATE TABLE audit (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), event_id text, verdict text);
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION refuse();`;

/** A webhook of Slack that wants to be asked again after a second. */
async function startSlack() {
  const requests: { headers: IncomingHttpHeaders; at: number }[] = [];
  const server = createServer((request, response) => {
    requests.push({ headers: request.headers, at: Date.now() });
    request.resume().on("end", () => {
      if (requests.length === 1) {
        response.writeHead(429, { "retry-after": "1" }).end("rate_limited");
      } else {
        response.end("ok");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/services/T0/B0/secret`, requests };
}

/** Posts to Slack, again for as often as it says when to. */
async function alert(send: typeof fetch, url: string, text: string): Promise<void> {
  for (;;) {
    const answer = await send(url, { method: "POST", body: JSON.stringify({ text }) });
    const retryAfter = answer.headers.get("retry-after");
    if (answer.status !== 429 || retryAfter === null) {
      return;
    }
    await sleep(Number(retryAfter) * 1000);
  }
}

await describeWith([redisServer, postgres, promtool], "one event of the platform", () => {
  let redis: RunningRedis;
  let database: RunningPostgres;

  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), startPostgres()]);
  });

  afterAll(async () => {
    await Promise.all([redis.stop(), database.stop()]);
  });

  it("is one trace through rule, cache, audit log and alert, with its logs and metrics", async () => {
    const { telemetry, sink } = await startWithSink({ prometheus: true });
    onTestFinished(instrumentRedis());
    const cache = createClient({ url: redis.url });
    await cache.connect();
    onTestFinished(() => cache.destroy());
    const pool = instrumentPg(new pg.Pool({ connectionString: database.url }));
    onTestFinished(() => pool.end());
    await pool.query(audit);
    const slack = await startSlack();
    const send = tracedFetch();

    const on: EventHandlers = {
      async botPublished(event, { log, eventId }) {
        const allowed = trace.getTracer("rules").startActiveSpan("rule publish", (span) => {
          const verdict = evaluate('event.name.size() < 10 && event.bot.startsWith("73")', {
            event: { name: event.botName, bot: event.botId },
          });
          span.end();
          return verdict === true;
        });
        await cache.set(`verdict:${event.botId}`, String(allowed), {
          expiration: { type: "EX", value: 60 },
        });
        const client = await pool.connect();
        try {
          await client.query("INSERT INTO audit (event_id, verdict) VALUES ($1, $2)", [
            eventId,
            String(allowed),
          ]);
        } finally {
          client.release();
        }
        await alert(send, slack.url, `${event.botName} was published`);
        log.info("published", { bot: event.botId, allowed });
      },
    };
    const server = createBotServer({
      actions: [],
      ownsProcess: false,
      ...telemetry.server,
      doors: [
        eventsDoor({ token, on, duplicates: { store: redisReplayStore({ client: cache }) } }),
        telemetry.metricsDoor({ apiKey: "scrape" }),
      ],
    });
    onTestFinished(() => server.close());
    const { url } = await server.listen({ port: 0, host: "127.0.0.1" });
    sink.spans.length = 0;

    const platform = new EventPlatform(`${url}/coze_events`, token);
    const event = platform.prepare("bot.published", payload);
    const { status, headers } = await platform.send(event);
    await telemetry.flush();
    const traceId = hash("sha256", `bot.event:${event.id}`).slice(0, 32);
    expect([status, headers.get("x-trace-id")]).toEqual([200, traceId]);

    // One trace, whose spans have one another for parents.
    const spans = sink.spans.filter((span) => span.traceId === traceId);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const tree = spans.map(({ name, parentSpanId }) => [byId.get(parentSpanId)?.name, name]);
    const handler = "handler bot_published";
    expect(tree).toHaveLength(10);
    expect(tree).toEqual(
      expect.arrayContaining([
        [undefined, "events bot_published"],
        ["events bot_published", "validate bot.coze.v1.BotPublished"],
        ["events bot_published", handler],
        [handler, "rule publish"],
        [handler, "SET"], // the event is claimed, so that it is handled once
        [handler, "EVAL"],
        [handler, "INSERT"],
        [handler, "POST"],
      ]),
    );
    expect(spans.find(({ parentSpanId }) => parentSpanId === "")?.attributes).toMatchObject({
      "botwire.event.id": event.id,
      "botwire.bot.id": "7340000000000000001",
    });
    expect(spans.find(({ name }) => name === "INSERT")?.attributes).toMatchObject({
      "db.system.name": "postgresql",
      "db.query.text": "INSERT INTO audit (event_id, verdict) VALUES ($1, $2)",
    });
    const posts = spans.filter(({ name }) => name === "POST");
    expect(posts.map(({ attributes }) => attributes["http.response.status_code"])).toEqual([
      429, 200,
    ]);
    expect(JSON.stringify(sink.spans)).not.toContain("/services/T0");

    // It went on in Slack, after the second that it asked for.
    const [first, second] = slack.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(slack.requests.map(({ headers: sent }) => sent["traceparent"])).toEqual(
      posts.map(({ spanId }) => `00-${traceId}-${spanId}-01`),
    );

    // The audit log has it, and keeps it.
    const rows = await pool.query("SELECT event_id, verdict FROM audit");
    expect(rows.rows).toEqual([{ event_id: event.id, verdict: "true" }]);
    await expect(pool.query("DELETE FROM audit")).rejects.toThrow("append-only");

    const handlerId = spans.find(({ name }) => name === handler)?.spanId;
    expect(sink.logs.filter((log) => log.traceId === traceId)).toMatchObject([
      { body: "published", spanId: handlerId, attributes: { allowed: true } },
    ]);

    const labels = (metric: string, name: string) =>
      new Set(
        sink.points.filter((point) => point.metric === metric).map((p) => p.attributes[name]),
      );
    expect(labels("request_count", "action")).toEqual(new Set(["bot_published"]));
    expect(labels("db_query_duration", "db.system.name")).toEqual(new Set(["redis", "postgresql"]));
    expect(labels("http.client.request.duration", "http.response.status_code")).toEqual(
      new Set([429, 200]),
    );
    expect(labels("nodejs.eventloop.delay.p99", "x").size).toBe(1);

    const scraped = await fetch(`${url}/metrics`, { headers: { authorization: "Bearer scrape" } });
    const text = await scraped.text();
    expect(scraped.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(text).toContain('request_count_total{action="bot_published",code="ok",door="events"} 1');
    const checked = await run("promtool", ["check", "metrics"], { input: text });
    expect(checked).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
  });
});
