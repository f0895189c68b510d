/** When the token of these headers expires, milliseconds since the epoch; undefined where they hold none that says so. */
export function expiryOf({ authorization = '' }: Readonly<Record<string, string>>): number | undefined {
  const [, payload] = authorization.split('.');
  if (payload === undefined) return undefined;
  try {
    const { exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { readonly exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
