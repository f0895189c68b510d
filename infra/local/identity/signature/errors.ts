import { AwsError } from '../../errors.ts';
import type { SignedRequest } from '../../service.ts';

/** The refusals of a signature, in the words of the protocol that the client speaks. */
export interface SignatureErrors {
  missing(): AwsError;
  incomplete(detail: string): AwsError;
  unknownKey(): AwsError;
  badToken(): AwsError;
  expiredToken(): AwsError;
  wrongTime(detail: string): AwsError;
  expiredUrl(): AwsError;
  mismatch(): AwsError;
  wrongScope(detail: string): AwsError;
  wrongPayload(): AwsError;
}

interface Codes {
  readonly missing: string;
  readonly incomplete: string;
  readonly unknownKey: string;
  readonly badToken: string;
  readonly expiredToken: string;
  readonly wrongTime: string;
  readonly mismatch: string;
  readonly wrongPayload: string;
}

/** JSON and REST services. */
const json: Codes = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  unknownKey: 'UnrecognizedClientException',
  badToken: 'UnrecognizedClientException',
  expiredToken: 'ExpiredTokenException',
  wrongTime: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
  wrongPayload: 'InvalidSignatureException',
};
/** Source: AWS, "Common Error Types" of the Query APIs. */
const query: Codes = {
  missing: 'MissingAuthenticationToken',
  incomplete: 'IncompleteSignature',
  unknownKey: 'InvalidClientTokenId',
  badToken: 'InvalidClientTokenId',
  expiredToken: 'ExpiredToken',
  wrongTime: 'SignatureDoesNotMatch',
  mismatch: 'SignatureDoesNotMatch',
  wrongPayload: 'SignatureDoesNotMatch',
};
/** Source: Amazon S3 API reference, "Error responses". */
const s3: Codes = {
  missing: 'AccessDenied',
  incomplete: 'AuthorizationHeaderMalformed',
  unknownKey: 'InvalidAccessKeyId',
  badToken: 'InvalidToken',
  expiredToken: 'ExpiredToken',
  wrongTime: 'RequestTimeTooSkewed',
  mismatch: 'SignatureDoesNotMatch',
  wrongPayload: 'XAmzContentSHA256Mismatch',
};

const queryServices = /\/(sts|iam|cloudformation|sns|monitoring)(\/|%2F)aws4_request/;
const s3Service = /\/s3\/aws4_request|%2Fs3%2Faws4_request/;

export function signatureErrors(request: SignedRequest): SignatureErrors {
  const scope = request.headers.authorization ?? request.url;
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const codes = s3Service.test(scope) ? s3 : isForm || queryServices.test(scope) ? query : json;
  const refusal = (code: string, message: string): AwsError => new AwsError(code, message, 403);
  return {
    missing: () => refusal(codes.missing, 'Missing Authentication Token'),
    incomplete: (detail) => refusal(codes.incomplete, detail),
    unknownKey: () =>
      refusal(
        codes.unknownKey,
        codes === s3
          ? 'The AWS Access Key Id you provided does not exist in our records.'
          : 'The security token included in the request is invalid.',
      ),
    badToken: () => refusal(codes.badToken, 'The security token included in the request is invalid.'),
    expiredToken: () => refusal(codes.expiredToken, 'The security token included in the request is expired'),
    wrongTime: (detail) => refusal(codes.wrongTime, detail),
    expiredUrl: () =>
      codes === s3 ? refusal('AccessDenied', 'Request has expired') : refusal(codes.wrongTime, 'Signature expired'),
    mismatch: () =>
      refusal(
        codes.mismatch,
        'The request signature we calculated does not match the signature you provided. ' +
          'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      ),
    wrongScope: (detail) => refusal(codes.mismatch, detail),
    wrongPayload: () =>
      refusal(
        codes.wrongPayload,
        "The provided 'x-amz-content-sha256' header does not match what was computed from the body.",
      ),
  };
}
