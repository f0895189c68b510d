import { parseArgs } from 'node:util';
import { SetupError } from '../local/errors.ts';

export interface StartOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly reset: boolean;
  readonly ephemeral: boolean;
  readonly demo: boolean;
  readonly apps: boolean;
  /** Where all state is kept, instead of .local/cloud. */
  readonly folder: string | undefined;
  /** Where the outputs file goes. */
  readonly outputs: string | undefined;
}

export const usage = `npm start -- [options]

  --port N        listen on port N of 127.0.0.1 (default 4566; 0: any free one)
  --reset         forget everything and start over
  --ephemeral     keep nothing: all state is gone at the end
  --no-demo       no demo tenants
  --no-apps       no web apps
  --folder DIR    keep all state in DIR (default .local/cloud)
  --outputs FILE  write there where everything is (default .local/outputs.json)
  --help          say this
`;

const defaultPort = 4566;

/** Undefined where only help is wanted. Throws an Error whose message says what is wrong with the command line. */
export function parseOptions(argv: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      reset: { type: 'boolean', default: false },
      ephemeral: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      'no-apps': { type: 'boolean', default: false },
      folder: { type: 'string' },
      outputs: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    strict: true,
  });
  if (values.help) return undefined;
  return {
    port: parsePort(values.port),
    reset: values.reset,
    ephemeral: values.ephemeral,
    demo: !values['no-demo'],
    apps: !values['no-apps'],
    folder: values.folder,
    outputs: values.outputs,
  };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new SetupError(`--port is ${text}, expected a number from 0 to 65535`);
}
