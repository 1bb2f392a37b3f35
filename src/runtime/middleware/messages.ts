import { canonicalLanguage } from "../action/caller-hints.ts";

/** The texts of one language. A placeholder `{name}` stands for a parameter. */
export type Catalog = Readonly<Record<string, MessageText>>;

/**
 * A text, or a function that makes one: for plurals and dates, for example with
 * `Intl.PluralRules` or a library of ICU messages.
 */
export type MessageText = string | ((parameters: MessageParameters) => string);

/** What the placeholders of a text stand for. */
export type MessageParameters = Readonly<Record<string, string | number>>;

/** Texts in several languages; `K` are the keys of the fallback's catalog. */
export interface Messages<K extends string> {
  /** The language of the texts that someone with a locale gets, as a BCP 47 tag. */
  language(locale: string): string;

  /** The text of a key for a locale. */
  text(locale: string, key: K, parameters?: MessageParameters): string;

  /** As `text`, for any key; undefined if neither language has it. */
  find(locale: string, key: string, parameters?: MessageParameters): string | undefined;
}

/**
 * Declares texts by language. Keys that a catalog lacks are looked up in the
 * fallback's.
 *
 * For a locale the catalog of the same tag is taken, else that of a shorter one
 * (`de-AT`: `de`), else one of the same language and script (`zh-TW`:
 * `zh-Hant`), else the fallback. Throws if a tag is not well-formed.
 */
export function defineMessages<
  const C extends Readonly<Record<string, Catalog>>,
  F extends keyof C & string,
>(fallback: F, catalogs: C): Messages<keyof C[F] & string> {
  const byTag = new Map<string, ReadonlyMap<string, MessageText>>();
  const byScript = new Map<string, string>();
  for (const [tag, catalog] of Object.entries(catalogs)) {
    const language = canonicalLanguage(tag);
    if (language === "") {
      throw new Error(`messages: ${JSON.stringify(tag)} is no language tag such as zh-CN`);
    }
    byTag.set(language, new Map(Object.entries(catalog)));
    const script = languageAndScript(language);
    if (!byScript.has(script)) {
      byScript.set(script, language);
    }
  }
  const last = canonicalLanguage(fallback);
  const lastCatalog = byTag.get(last);
  if (lastCatalog === undefined) {
    throw new Error(`messages: the fallback ${JSON.stringify(fallback)} has no catalog`);
  }

  const languageOf = (locale: string): string => {
    const tag = canonicalLanguage(locale);
    for (let end = tag.length; end > 0; end = tag.lastIndexOf("-", end - 1)) {
      if (byTag.has(tag.slice(0, end))) {
        return tag.slice(0, end);
      }
    }
    return (tag === "" ? undefined : byScript.get(languageAndScript(tag))) ?? last;
  };

  const find = (locale: string, key: string, parameters: MessageParameters = {}) => {
    const text = byTag.get(languageOf(locale))?.get(key) ?? lastCatalog.get(key);
    return typeof text === "function" ? text(parameters) : text && fill(text, parameters);
  };

  return {
    language: languageOf,
    find,
    text(locale, key, parameters) {
      const text = find(locale, key, parameters);
      if (text === undefined) {
        throw new Error(`messages: there is no text ${JSON.stringify(key)} in ${last}`);
      }
      return text;
    },
  };
}

/** For example `zh-Hant` of `zh-TW`. */
function languageAndScript(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}

/** A placeholder without a parameter stays, so that the mistake is seen. */
function fill(text: string, parameters: MessageParameters): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : placeholder,
  );
}
