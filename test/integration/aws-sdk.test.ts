import { accessChecks } from './aws-sdk/access.ts';
import { appsyncCalls } from './aws-sdk/appsync.ts';
import { cloudFormationCalls } from './aws-sdk/cloudformation.ts';
import { cognitoCalls } from './aws-sdk/cognito.ts';
import { dynamodbCalls } from './aws-sdk/dynamodb.ts';
import { lambdaCalls } from './aws-sdk/lambda.ts';
import { cotenantScene } from './scene.ts';
import { smallServiceCalls } from './aws-sdk/small-services.ts';

/** Clients of AWS's SDK v3 as they come, against the whole system. */
cotenantScene((scene) => {
  cloudFormationCalls(scene);
  dynamodbCalls(scene);
  lambdaCalls(scene);
  appsyncCalls(scene);
  cognitoCalls(scene);
  smallServiceCalls(scene);
  accessChecks(scene);
});
