export interface Site {
  /** Where the zip of the built site is. */
  readonly sourceBucket: string;
  readonly sourceKey: string;
  /** What browsers are served from. */
  readonly siteBucket: string;
  /** What config.json says. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The template does not say all that a deployment needs. */
export class SitePropertiesError extends Error {
  override readonly name = 'SitePropertiesError';
  constructor(readonly missing: readonly string[]) {
    super(`The custom resource lacks the properties ${missing.join(', ')}`);
  }
}

export function readSite(properties: Readonly<Record<string, unknown>>): Site {
  const { sourceBucket, sourceKey, siteBucket, config } = properties;
  const texts = { sourceBucket, sourceKey, siteBucket };
  const missing: string[] = Object.entries(texts)
    .filter(([, value]) => typeof value !== 'string' || value === '')
    .map(([name]) => name);
  if (!isObject(config)) missing.push('config');
  if (missing.length > 0 || !isObject(config)) throw new SitePropertiesError(missing);
  return { ...(texts as Omit<Site, 'config'>), config: withoutEmpty(config) };
}

/** A parameter that is not set is an empty text in a template; in config.json it is left out. */
function withoutEmpty(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, isObject(value) ? withoutEmpty(value) : value]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
