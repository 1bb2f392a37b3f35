/**
 * A plugin option as data: what it is for, what it may be, and which other
 * option it depends on.
 */
export type OptionSpec = ChoiceSpec | PathSpec | MappingSpec;

interface CommonSpec {
  readonly description: string;
  /** The option makes sense only if another one has this value. */
  readonly requires?: { readonly option: string; readonly value: string };
}

/** One of a few words. The first one is the default. */
export interface ChoiceSpec extends CommonSpec {
  readonly kind: "choice";
  readonly values: readonly [string, ...string[]];
}

/** A folder relative to the plugin's output. */
export interface PathSpec extends CommonSpec {
  readonly kind: "path";
  readonly default: string;
}

/** `<pattern>:<target>`; may be given more than once. */
export interface MappingSpec extends CommonSpec {
  readonly kind: "mapping";
}

/** A value of a mapping option. */
export interface Mapping {
  readonly pattern: string;
  readonly target: string;
}

/** What is parsed by specs: every option has a value. */
export type OptionValues<S extends Readonly<Record<string, OptionSpec>>> = {
  readonly [K in keyof S]: S[K] extends ChoiceSpec
    ? S[K]["values"][number]
    : S[K] extends PathSpec
      ? string
      : readonly Mapping[];
};
