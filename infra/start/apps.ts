import type { Outputs } from './outputs.ts';

/** What the apps' stack is told here and not on AWS: where everything is, since nothing is at AWS's own addresses. */
export function appsParameters(endpoint: string): Record<string, string> {
  return {
    UserPoolEndpoint: `${endpoint}/`,
    FurtherOrigins: `${endpoint} ${endpoint.replace(/^http/, 'ws')}`,
    InboxUrl: `${endpoint}/inbox`,
  };
}

/** The apps' addresses; none where they were not deployed. */
export function appUrls(outputs: Readonly<Record<string, string>> | undefined): Outputs['apps'] {
  if (!outputs) return {};
  const url = (output: string): string => `http://${outputs[output] ?? ''}/`;
  return { landing: url('LandingDomain'), saas: url('SaasDomain'), admin: url('AdminDomain') };
}

const titles: Readonly<Record<string, string>> = { landing: 'Sign-up', saas: 'App', admin: 'Console' };

export function appLines(apps: Outputs['apps']): [string, string][] {
  return Object.entries(apps).map(([app, url]) => [titles[app] ?? app, url]);
}
