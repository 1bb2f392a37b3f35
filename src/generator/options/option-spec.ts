/**
 * A plugin option as data: what it is for, what it may be, and which other
 * option it depends on.
 */
export type OptionSpec = ChoiceSpec | SetSpec | PathSpec | UrlSpec | UrlPathSpec | MappingSpec;

interface CommonSpec {
  readonly description: string;
  /** The option makes sense only if another one has some value. */
  readonly requires?: Requirement;
}

/** What another option has to be. */
export interface Requirement {
  readonly option: string;
  readonly value: string;
  /** The only value of this option that requires it; all do unless given. */
  readonly of?: string;
  /** Why, for people. */
  readonly reason?: string;
}

/** One of a few words. The first one is the default. */
export interface ChoiceSpec extends CommonSpec {
  readonly kind: "choice";
  readonly values: readonly [string, ...string[]];
}

/** Some of a few words, joined with "+". All of them is the default. */
export interface SetSpec extends CommonSpec {
  readonly kind: "set";
  readonly values: readonly [string, ...string[]];
}

/** A folder relative to the plugin's output. */
export interface PathSpec extends CommonSpec {
  readonly kind: "path";
  readonly default: string;
}

/** The URL of a server: scheme and host, perhaps with a path. */
export interface UrlSpec extends CommonSpec {
  readonly kind: "url";
  readonly default: string;
}

/** The path of a URL, with a slash at its start and none at its end. */
export interface UrlPathSpec extends CommonSpec {
  readonly kind: "urlPath";
  readonly default: string;
}

/** `<pattern>:<target>`; may be given more than once. */
export interface MappingSpec extends CommonSpec {
  readonly kind: "mapping";
  /** How one looks, for messages. */
  readonly example: string;
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
    : S[K] extends SetSpec
      ? readonly S[K]["values"][number][]
      : S[K] extends MappingSpec
        ? readonly Mapping[]
        : string;
};
