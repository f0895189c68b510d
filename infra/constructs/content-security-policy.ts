export interface ConnectionsProps {
  readonly region: string;
  /** Origins beside AWS's own, separated by spaces; empty for none. */
  readonly furtherOrigins: string;
}

/** What one app needs beside its own origin. */
export interface FurtherSources {
  readonly styles?: "'unsafe-inline'";
  readonly fonts?: 'data:';
}

/**
 * What pages may load, run and connect to: scripts and styles of their own origin only, and the APIs of the region. A silo's API and pool
 * are not known when this is deployed, so the hosts of AppSync and Cognito are named and not single APIs.
 */
export function tiedTo({ region, furtherOrigins }: ConnectionsProps) {
  const connections = [
    "'self'",
    `https://*.appsync-api.${region}.amazonaws.com`,
    `wss://*.appsync-realtime-api.${region}.amazonaws.com`,
    `https://cognito-idp.${region}.amazonaws.com`,
    furtherOrigins,
  ].join(' ');
  return ({ styles, fonts }: FurtherSources = {}): string =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${styles ? ` ${styles}` : ''}`,
      "img-src 'self' data:",
      `font-src 'self'${fonts ? ` ${fonts}` : ''}`,
      `connect-src ${connections}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
}
