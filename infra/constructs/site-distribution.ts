import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface SiteDistributionProps {
  readonly bucket: IBucket;
  /** What answers `/` and every path that is no file: the app finds its place by itself. */
  readonly page: string;
  readonly comment: string;
  /** The content security policy. */
  readonly policy: string;
}

/** One app as browsers get it: over HTTPS, compressed, with headers that forbid what no page of ours does. */
export class SiteDistribution extends Construct {
  /** `d111111abcdef8.cloudfront.net` */
  readonly domainName: string;

  constructor(scope: Construct, id: string, { bucket, page, comment, policy }: SiteDistributionProps) {
    super(scope, id);
    const instead = { responseHttpStatus: 200, responsePagePath: `/${page}`, ttl: Duration.seconds(0) };
    const distribution = new Distribution(this, 'Distribution', {
      comment,
      defaultRootObject: page,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // Keeps to what each file says: a year, or not without asking.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: this.#headers(id, policy),
      },
      errorResponses: [403, 404].map((httpStatus) => ({ httpStatus, ...instead })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    this.domainName = distribution.distributionDomainName;
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Customers may be anywhere.' },
      { id: 'AwsSolutions-CFR2', reason: 'Static public files; the APIs behind them have their own gates.' },
      { id: 'AwsSolutions-CFR3', reason: 'Static public files; what people do is logged by the APIs.' },
      {
        id: 'AwsSolutions-CFR4',
        reason: 'The default certificate fixes the TLS version; with a domain name set TLSv1.2.',
      },
    );
  }

  #headers(id: string, policy: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `${Stack.of(this).stackName}-${id}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }
}
