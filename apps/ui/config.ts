/** Where a pool of people is: what sign-in needs. */
export interface UserPool {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Only where it is not Cognito's own. */
  readonly userPoolEndpoint?: string | null;
}

/** An AppSync API. */
export interface ApiAddress {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
}

/** What config.json, beside the page, says of the environment: one build serves them all. */
export interface AppConfig {
  readonly region: string;
  /** The API key serves the public fields only. */
  readonly controlPlane: ApiAddress & UserPool & { readonly apiKey: string };
  /** Addresses of the apps, without a scheme: that of the page. */
  readonly apps: { readonly landing: string; readonly saas: string; readonly admin: string };
  /** Where mail can be read, if it is not delivered. */
  readonly inboxUrl?: string;
}

/** The page came and its configuration did not. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Throws ConfigError. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new ConfigError(`/config.json answered ${response.status}, expected the configuration`);
  const config = (await response.json()) as Partial<AppConfig>;
  if (!config.controlPlane?.graphqlUrl || !config.apps)
    throw new ConfigError('/config.json does not say where the control plane and the apps are');
  return config as AppConfig;
}
