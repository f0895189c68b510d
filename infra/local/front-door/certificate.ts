import { webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Certificate {
  /** PEM of the local authority, for clients to trust. */
  readonly authority: string;
  /** PEM of the server's certificate and key. */
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const yearMilliseconds = 365 * 24 * 3600 * 1000;

/**
 * The server's certificate, from an authority that is made on this machine, once, and whose key is not kept: it signs
 * this one certificate and nothing else ever. Names: localhost, and AWS's own hosts of the region, since Lambda workers
 * reach those through the front door.
 */
export async function loadCertificate(folder: string, region: string): Promise<Certificate> {
  const file = join(folder, 'certificate.json');
  if (existsSync(file)) {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Certificate & { readonly expiresAt: number };
    if (kept.expiresAt > Date.now()) return kept;
  }
  const made = await makeCertificate(region);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.draft`, JSON.stringify({ ...made, expiresAt: Date.now() + yearMilliseconds / 2 }), {
    mode: 0o600,
  });
  await rename(`${file}.draft`, file);
  await writeFile(join(folder, 'certificate-authority.pem'), made.authority);
  return made;
}

async function makeCertificate(region: string): Promise<Certificate> {
  // Loaded where a certificate is made: a restart has one, and would take a tenth longer. @peculiar/x509 looks its parts up by decorators' metadata.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const validity = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + yearMilliseconds) };
  x509.cryptoProvider.set(webcrypto);
  const authorityKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Local cloud authority',
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=localhost',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: '*.localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: '*.amazonaws.com' },
        { type: 'dns', value: '*.s3.amazonaws.com' },
        { type: 'dns', value: `*.${region}.amazonaws.com` },
      ]),
    ],
  });
  const privateKey = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    authority: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${privateKey.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
