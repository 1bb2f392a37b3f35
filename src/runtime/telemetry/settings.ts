/** What telemetry can be told in code. The standard environment variables go before it. */
export interface TelemetryOptions {
  /** The service's name in traces, metrics and logs; `OTEL_SERVICE_NAME` goes before it. */
  readonly serviceName: string;
  readonly serviceVersion?: string | undefined;
  /** Where OTLP goes, for example `http://localhost:4318`; without it, and without the variable, nowhere. */
  readonly endpoint?: string | undefined;
  /** How much of the traces that begin here is recorded, from 0 to 1; all by default. */
  readonly sampleRatio?: number | undefined;
  /** Whether metrics are kept for a `metricsDoor()`. */
  readonly prometheus?: boolean | undefined;
}

/** The environment, as far as it is of interest. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One signal that is exported, to where the environment says if there is no URL. */
export interface Export {
  readonly url: string | undefined;
}

/** What is to be set up. */
export interface Settings {
  readonly serviceName: string;
  readonly serviceVersion: string | undefined;
  readonly traces: Export | undefined;
  readonly metrics: Export | undefined;
  readonly logs: Export | undefined;
  readonly prometheus: boolean;
  readonly sampler: SamplerSetting;
  readonly propagators: readonly PropagatorName[];
}

/** Which traces are recorded. */
export interface SamplerSetting {
  /** Of the traces that begin here, from 0 to 1. */
  readonly ratio: number;
  /** Whether what a caller has decided goes before it. */
  readonly parentBased: boolean;
}

/** How trace context is written into headers, by the names of `OTEL_PROPAGATORS`. */
export type PropagatorName = "tracecontext" | "baggage" | "b3" | "b3multi";

/**
 * Reads options and environment. Throws an error that names the mend if one of
 * them cannot be followed.
 */
export function readSettings(options: TelemetryOptions, env: Environment): Settings {
  const disabled = textOf(env, "OTEL_SDK_DISABLED")?.toLowerCase() === "true";
  const exported = (signal: "TRACES" | "METRICS" | "LOGS") =>
    disabled ? undefined : exportOf(signal, options.endpoint, env);
  const prometheus =
    !disabled && (options.prometheus === true || exporters("METRICS", env).includes("prometheus"));
  return {
    serviceName: textOf(env, "OTEL_SERVICE_NAME") ?? options.serviceName,
    serviceVersion: options.serviceVersion,
    traces: exported("TRACES"),
    metrics: exported("METRICS"),
    logs: exported("LOGS"),
    prometheus,
    sampler: samplerOf(options.sampleRatio ?? 1, env),
    propagators: propagatorsOf(env),
  };
}

function exportOf(
  signal: "TRACES" | "METRICS" | "LOGS",
  endpoint: string | undefined,
  env: Environment,
): Export | undefined {
  const chosen = exporters(signal, env);
  const own = textOf(env, `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`);
  const configured = own ?? textOf(env, "OTEL_EXPORTER_OTLP_ENDPOINT") ?? endpoint;
  if (!chosen.includes("otlp") && (chosen.length > 0 || configured === undefined)) {
    return undefined;
  }
  const protocolName = `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`;
  const protocol = textOf(env, protocolName) ?? textOf(env, "OTEL_EXPORTER_OTLP_PROTOCOL");
  if (protocol !== undefined && protocol !== "http/protobuf") {
    throw new Error(
      `telemetry: OTLP is sent as http/protobuf only, not as ${JSON.stringify(protocol)}: unset OTEL_EXPORTER_OTLP_PROTOCOL and ${protocolName}, and use the port for HTTP (4318)`,
    );
  }
  // What the environment says, the exporters read themselves.
  const url =
    configured === endpoint && endpoint !== undefined
      ? `${endpoint.replace(/\/+$/, "")}/v1/${signal.toLowerCase()}`
      : undefined;
  return { url };
}

/** The exporters that `OTEL_<SIGNAL>_EXPORTER` asks for; none if it is not set. */
function exporters(signal: "TRACES" | "METRICS" | "LOGS", env: Environment): readonly string[] {
  const name = `OTEL_${signal}_EXPORTER`;
  const allowed = signal === "METRICS" ? ["otlp", "prometheus", "none"] : ["otlp", "none"];
  return listOf(env, name, allowed);
}

function samplerOf(ratio: number, env: Environment): SamplerSetting {
  const name = textOf(env, "OTEL_TRACES_SAMPLER");
  if (name === undefined) {
    return { ratio: checkedRatio("sampleRatio", ratio), parentBased: true };
  }
  const parentBased = name.startsWith("parentbased_");
  switch (name.replace(/^parentbased_/, "")) {
    case "always_on":
      return { ratio: 1, parentBased };
    case "always_off":
      return { ratio: 0, parentBased };
    case "traceidratio": {
      const given = Number(textOf(env, "OTEL_TRACES_SAMPLER_ARG") ?? "1");
      return { ratio: checkedRatio("OTEL_TRACES_SAMPLER_ARG", given), parentBased };
    }
    default:
      throw new Error(
        `telemetry: OTEL_TRACES_SAMPLER is ${JSON.stringify(name)}: always_on, always_off or traceidratio is asked for, each also after parentbased_`,
      );
  }
}

function checkedRatio(name: string, ratio: number): number {
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new Error(`telemetry: ${name} must be a number from 0 to 1, not ${ratio}`);
  }
  return ratio;
}

const propagatorNames = ["tracecontext", "baggage", "b3", "b3multi"] as const;

function propagatorsOf(env: Environment): readonly PropagatorName[] {
  const names = listOf(env, "OTEL_PROPAGATORS", [...propagatorNames, "none"]);
  return names.length === 0
    ? ["tracecontext", "baggage"]
    : propagatorNames.filter((name) => names.includes(name));
}

function listOf(env: Environment, name: string, allowed: readonly string[]): readonly string[] {
  const values = (textOf(env, name) ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  const odd = values.find((value) => !allowed.includes(value));
  if (odd !== undefined) {
    throw new Error(
      `telemetry: ${name} names ${JSON.stringify(odd)}: ${allowed.join(", ")} are asked for`,
    );
  }
  return values;
}

/** A number of the environment, or the default. */
export function numberOf(env: Environment, name: string, otherwise: number): number {
  const text = textOf(env, name);
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) {
    throw new Error(`telemetry: ${name} must be a number above 0, not ${JSON.stringify(text)}`);
  }
  return value;
}

/** An empty variable is the same as none. */
function textOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}
