const domain = '.cloudfront.localhost';

/** A distribution's host name: browsers take every name below `localhost` for this machine. */
export function hostOf(distributionId: string): string {
  return `${distributionId.toLowerCase()}${domain}`;
}

/** The id of the distribution that a host name is of; undefined where it is of none. */
export function distributionIdOf(host: string): string | undefined {
  return host.endsWith(domain) ? host.slice(0, -domain.length).toUpperCase() : undefined;
}
