import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { createFileRegistry, fromBinary, toJson } from "@bufbuild/protobuf";
import { onTestFinished } from "vitest";
import { compileProto } from "../generator/compile-proto.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** A span as it arrived. Ids are hex digits. */
export interface SunkSpan {
  readonly service: unknown;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the root of a trace. */
  readonly parentSpanId: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  /** 2 is an error. */
  readonly status: number;
  readonly attributes: Attributes;
  readonly events: readonly string[];
  readonly links: readonly string[];
}

/** A log record as it arrived. */
export interface SunkLog {
  readonly severity: string;
  readonly body: unknown;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One point of a metric as it arrived. */
export interface SunkPoint {
  readonly metric: string;
  readonly unit: string;
  /** The value, or how many values a histogram has. */
  readonly value: number;
  readonly bounds: readonly number[];
  readonly attributes: Attributes;
}

/** A receiver of OTLP over HTTP with Protobuf, on a port of its own. */
export interface OtlpSink {
  readonly url: string;
  readonly spans: SunkSpan[];
  readonly logs: SunkLog[];
  /** Those of the last export. */
  readonly points: SunkPoint[];
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of the messages of otlp.proto, read here and there
type Json = any;

/** Starts a receiver. It is closed when the test is over. */
export async function startOtlpSink(): Promise<OtlpSink> {
  const source = readFileSync("test/telemetry/otlp.proto", "utf8");
  const registry = createFileRegistry(compileProto({ "otlp.proto": source }));
  const decode = (name: string, body: Uint8Array): Json => {
    const schema = registry.getMessage(`otlp.${name}`);
    if (schema === undefined) {
      throw new Error(`otlp.proto has no ${name}`);
    }
    return toJson(schema, fromBinary(schema, body), { alwaysEmitImplicit: true });
  };
  const spans: SunkSpan[] = [];
  const logs: SunkLog[] = [];
  const points: SunkPoint[] = [];
  const take = (url: string | undefined, body: Uint8Array) => {
    switch (url) {
      case "/v1/traces":
        spans.push(...readSpans(decode("TracesRequest", body)));
        break;
      case "/v1/logs":
        logs.push(...readLogs(decode("LogsRequest", body)));
        break;
      case "/v1/metrics":
        points.splice(0, points.length, ...readPoints(decode("MetricsRequest", body)));
    }
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const sent = Buffer.concat(pieces);
      take(request.url, request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent);
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, spans, logs, points };
}

function readSpans(request: Json): SunkSpan[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }: Json) =>
    scopeSpans
      .flatMap(({ spans }: Json) => spans)
      .map((span: Json) => ({
        service: attributesOf(resource.attributes)["service.name"],
        name: span.name,
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentSpanId: hex(span.parentSpanId),
        kind: span.kind,
        status: span.status?.code ?? 0,
        attributes: attributesOf(span.attributes),
        events: span.events.map(({ name }: Json) => name),
        links: span.links.map(({ traceId }: Json) => hex(traceId)),
      })),
  );
}

function readLogs(request: Json): SunkLog[] {
  return request.resourceLogs
    .flatMap(({ scopeLogs }: Json) => scopeLogs)
    .flatMap(({ logRecords }: Json) => logRecords)
    .map((record: Json) => ({
      severity: record.severityText,
      body: anyValue(record.body),
      traceId: hex(record.traceId),
      spanId: hex(record.spanId),
      attributes: attributesOf(record.attributes),
    }));
}

function readPoints(request: Json): SunkPoint[] {
  return request.resourceMetrics
    .flatMap(({ scopeMetrics }: Json) => scopeMetrics)
    .flatMap(({ metrics }: Json) => metrics)
    .flatMap(({ name, unit, gauge, sum, histogram }: Json) =>
      (gauge ?? sum ?? histogram).dataPoints.map((point: Json) => ({
        metric: name,
        unit,
        value: Number(point.count ?? (point.asDouble || point.asInt)),
        bounds: point.explicitBounds ?? [],
        attributes: attributesOf(point.attributes),
      })),
    );
}

function attributesOf(list: Json): Attributes {
  return Object.fromEntries(list.map(({ key, value }: Json) => [key, anyValue(value)]));
}

function anyValue(any: Json): unknown {
  const [kind, value] = Object.entries<Json>(any ?? {})[0] ?? [];
  switch (kind) {
    case "intValue":
      return Number(value);
    case "arrayValue":
      return value.values.map(anyValue);
    case "kvlistValue":
      return attributesOf(value.values);
    default:
      return value;
  }
}

function hex(base64: string): string {
  return Buffer.from(base64, "base64").toString("hex");
}
