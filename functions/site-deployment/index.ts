import { S3Client } from '@aws-sdk/client-s3';
import { customResource } from '../layer/custom-resource.ts';
import { observe } from '../layer/observe.ts';
import { deploySite } from './deploy-site.ts';

/** The custom resource that puts the built apps where browsers are served from. */
export const handler = observe(customResource(deploySite({ s3: new S3Client({ forcePathStyle: true }) })));
