// `npm start`: installs what is missing, then starts the local cloud and deploys to it.
import { install } from './install.mjs';
import { run } from './run.mjs';

install();
await run('infra/start.ts', process.argv.slice(2));
