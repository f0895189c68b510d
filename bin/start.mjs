// `npm start`: installs what is missing, then starts the local cloud and deploys to it. Node.js is given more young memory (package.json):
// what belongs to requests that wait for the engine is then copied less often, which was up to a third of the time of a busy system. And its
// old memory may double before it is searched for garbage: V8 lets it grow by 8 MB otherwise, and searched it every few seconds.
import { install } from './install.mjs';
import { run } from './run.mjs';

// The AWS SDK asks for a newer Node than it needs; its word on that has no place between ours.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// Libraries leave checks for developers out.
process.env.NODE_ENV ??= 'production';
install();
const arguments_ = process.argv.slice(2);
const { prepare } = await run('infra/start/prepare.ts', arguments_);
const prepared = await prepare(arguments_);
if (prepared) {
  // Only now, since it takes a while: CDK is at work already.
  const { start } = await run('infra/start.ts', arguments_);
  await start(prepared);
}
