/** A host to be killed: prints the process that its function runs in, and that of a program which the function started. */
import { givenLambda } from './given-lambda.ts';

const given = await givenLambda();
const arn = await given.deploy(
  'parent',
  `exports.handler = async () => [process.pid, require('node:child_process').spawn('sleep', ['60']).pid];`,
);
process.stdout.write(JSON.stringify(await given.invoke(arn)));
