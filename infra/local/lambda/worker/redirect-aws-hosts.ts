import { syncBuiltinESMExports } from 'node:module';
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { Redirection } from './messages.ts';

/**
 * Opens TLS connections to `*.amazonaws.com` at the front door instead, under the same name (SNI) and trusting the local
 * authority: code that fetches a JWKS from its AWS address runs unchanged. node:https and the global fetch both come by
 * `tls.connect`. Every other host is left alone.
 */
export function redirectAwsHosts({ port, certificateAuthority }: Redirection): void {
  const connect = tls.connect.bind(tls) as (...parameters: unknown[]) => TLSSocket;

  const redirected = (...parameters: unknown[]): TLSSocket => {
    const { options, onConnect } = readParameters(parameters);
    const host = options.host ?? '';
    if (options.socket || !/\.amazonaws\.com$/i.test(host)) return connect(...parameters);
    const changed: ConnectionOptions = {
      ...options,
      host: '127.0.0.1',
      port,
      servername: options.servername || host,
      ca: certificateAuthority,
    };
    return onConnect ? connect(changed, onConnect) : connect(changed);
  };
  tls.connect = redirected as typeof tls.connect;
  syncBuiltinESMExports();
}

/** `(options, listener?)`, `(port, host?, options?, listener?)` or `(path, …)`. Source: Node.js API, tls.connect. */
function readParameters(parameters: readonly unknown[]) {
  const objects = parameters.filter((parameter) => typeof parameter === 'object' && parameter !== null);
  const onConnect = parameters.find((parameter) => typeof parameter === 'function');
  const host = typeof parameters[1] === 'string' ? { host: parameters[1] } : {};
  const options = Object.assign({}, host, ...objects) as ConnectionOptions;
  return { options, onConnect };
}
