import { CfnOutput, CfnParameter, CustomResource, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { type FurtherSources, tiedTo } from '../constructs/content-security-policy.ts';
import { allow, PlaneFunction } from '../constructs/plane-function.ts';
import { findValue } from '../constructs/published-names.ts';
import { SiteBucket } from '../constructs/site-bucket.ts';
import { SiteDistribution } from '../constructs/site-distribution.ts';

export interface AppsStackProps extends StackProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  /** Where `buildApps` put the built site. */
  readonly site: string;
}

/** The three web apps: one private bucket, and a distribution for each app, so that each is an origin of its own to browsers. */
export class AppsStack extends Stack {
  constructor(scope: Construct, id: string, props: AppsStackProps) {
    super(scope, id, props);
    const parameter = (name: string, description: string): string =>
      new CfnParameter(this, name, { default: '', description }).valueAsString;
    const userPoolEndpoint = parameter(
      'UserPoolEndpoint',
      "Where clients reach user pools, if not at Cognito's own address",
    );
    const furtherOrigins = parameter(
      'FurtherOrigins',
      "Origins that pages connect to beside AWS's own, separated by spaces",
    );
    const inboxUrl = parameter('InboxUrl', 'Where mail can be read, if it is not delivered');

    const bucket = new SiteBucket(this, 'Site');
    const policy = tiedTo({ region: this.region, furtherOrigins });
    const distribution = (name: string, app: string, comment: string, further?: FurtherSources): SiteDistribution =>
      new SiteDistribution(this, name, { bucket, page: `${app}/index.html`, comment, policy: policy(further) });
    const landing = distribution('Landing', 'landing', 'Cotenant: sign-up');
    const saas = distribution('Saas', 'saas', "Cotenant: the tenants' app");
    // GraphiQL's editor makes style sheets as it goes, and its own have their fonts in them.
    const admin = distribution('Admin', 'admin', "Cotenant: the operators' console", {
      styles: "'unsafe-inline'",
      fonts: 'data:',
    });

    const site = new Asset(this, 'Build', { path: props.site });
    const deployment = new PlaneFunction(this, 'SiteDeployment', {
      bundles: props.bundles,
      folder: 'site-deployment',
      timeout: Duration.minutes(2),
      environment: {},
      permissions: [
        allow(['s3:GetObject'], [site.bucket.arnForObjects(site.s3ObjectKey)]),
        allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')]),
        allow(['s3:ListBucket'], [bucket.bucketArn]),
      ],
    });
    bucket.acknowledgeWriter(deployment.function);
    const resource = new CustomResource(this, 'Deployment', {
      serviceToken: deployment.function.functionArn,
      resourceType: 'Custom::SiteDeployment',
      properties: {
        sourceBucket: site.s3BucketName,
        sourceKey: site.s3ObjectKey,
        siteBucket: bucket.bucketName,
        config: {
          region: this.region,
          controlPlane: {
            graphqlUrl: findValue(this, 'GraphqlUrl'),
            realtimeUrl: findValue(this, 'RealtimeUrl'),
            apiKey: findValue(this, 'ApiKey'),
            userPoolId: findValue(this, 'UserPoolId'),
            userPoolClientId: findValue(this, 'UserPoolClientId'),
            userPoolEndpoint,
          },
          // Without a scheme: that of the page that links there.
          apps: { landing: `//${landing.domainName}/`, saas: `//${saas.domainName}/`, admin: `//${admin.domainName}/` },
          inboxUrl,
        },
      },
    });
    resource.node.addDependency(bucket);

    for (const [name, { domainName }] of Object.entries({ Landing: landing, Saas: saas, Admin: admin })) {
      new CfnOutput(this, `${name}Domain`, { value: domainName });
    }
  }
}
