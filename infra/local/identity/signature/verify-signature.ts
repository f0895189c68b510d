import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedRequest } from '../../service.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { SignatureErrors } from './errors.ts';
import { algorithm, type ClaimedSignature } from './parse-signature.ts';

/** What AWS lets a client's clock differ. */
const allowedSkew = 15 * 60 * 1000;
/** Headers that decide what a request means must be under the signature where they are present. */
const bindingHeaders = ['host', 'x-amz-date', 'x-amz-target', 'x-amz-content-sha256', 'x-amz-security-token'];

/** Throws unless the secret's owner signed this very request at about this time. */
export function verifySignature(
  request: SignedRequest,
  claimed: ClaimedSignature,
  secret: string,
  now: number,
  errors: SignatureErrors,
): void {
  checkTime(claimed, now, errors);
  for (const name of bindingHeaders) {
    if (request.headers[name] !== undefined && !claimed.signedHeaders.includes(name)) {
      throw errors.wrongScope(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
  const scope = `${claimed.date}/${claimed.region}/${claimed.service}/aws4_request`;
  const canonical = canonicalRequest(request, claimed, payloadHash(request, claimed, errors));
  const text = `${algorithm}\n${claimed.timestamp}\n${scope}\n${sha256(canonical)}`;
  const expected = createHmac('sha256', signingKey(secret, claimed)).update(text).digest();
  const got = Buffer.from(claimed.signature, 'hex');
  if (got.length !== expected.length || !timingSafeEqual(got, expected)) throw errors.mismatch();
}

function checkTime(claimed: ClaimedSignature, now: number, errors: SignatureErrors): void {
  const { timestamp, date, lifetime } = claimed;
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!match) throw errors.incomplete(`Date must be in ISO-8601 'basic format'. Got '${timestamp}'.`);
  if (!timestamp.startsWith(date)) {
    throw errors.wrongScope(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: '${date}'`,
    );
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const signedAt = Date.UTC(year, month - 1, day, hour, minute, second);
  if (signedAt > now + allowedSkew) {
    throw errors.wrongTime(
      `Signature not yet current: ${timestamp} is still later than ${basic(now + allowedSkew)} (${basic(
        now,
      )} + 15 min.)`,
    );
  }
  if (lifetime !== undefined) {
    if (now > signedAt + lifetime * 1000) throw errors.expiredUrl();
    return;
  }
  if (signedAt < now - allowedSkew) {
    throw errors.wrongTime(
      `Signature expired: ${timestamp} is now earlier than ${basic(now - allowedSkew)} (${basic(now)} - 15 min.)`,
    );
  }
}

function basic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** S3 also takes bodies that are not hashed whole: the chunked ones carry checksums of their own. */
function payloadHash(request: SignedRequest, claimed: ClaimedSignature, errors: SignatureErrors): string {
  const declared = request.headers['x-amz-content-sha256'];
  if (claimed.service === 's3') {
    if (claimed.lifetime !== undefined && typeof declared !== 'string') return 'UNSIGNED-PAYLOAD';
    if (declared === 'UNSIGNED-PAYLOAD') return declared;
    if (typeof declared === 'string' && declared.startsWith('STREAMING-')) return declared;
  }
  const actual = sha256(request.body);
  if (typeof declared === 'string' && declared !== actual) throw errors.wrongPayload();
  return actual;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A key is good for a day, a region and a service, and costs four HMACs: most calls find theirs here. */
const signingKeys = new Map<string, Buffer>();
const keptSigningKeys = 500;

function signingKey(secret: string, { date, region, service }: ClaimedSignature): Buffer {
  const id = `${secret} ${date} ${region} ${service}`;
  const known = signingKeys.get(id);
  if (known) return known;
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  if (signingKeys.size >= keptSigningKeys) signingKeys.clear();
  signingKeys.set(id, key);
  return key;
}
