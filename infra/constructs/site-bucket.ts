import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** The private bucket of a built site: all in it can be built again, so it goes with its stack. */
export class SiteBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only distributions read it, which serve public files; an access log would tell nothing about anyone.',
    });
  }

  /** For the function that fills the bucket, whose files have no fixed names. */
  acknowledgeWriter(writer: IFunction): void {
    if (!writer.role) throw new Error('The function that fills the bucket has no role');
    Validations.of(writer.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(this.node.defaultChild as CfnBucket)}.Arn>/*]`,
      reason: "The site's own bucket: its files are named by their content.",
    });
  }
}
