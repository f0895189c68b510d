import { spawn } from 'node:child_process';

export interface EngineProcess {
  readonly pid: number | undefined;
  /** Resolves, never rejects, when the process is gone; says how it went. */
  readonly ended: Promise<string>;
  /** What it last wrote to its error output. */
  lastWords(): string;
  end(): void;
}

const keptCharacters = 2000;
/** Every acknowledged write is on disk already, so an engine that does not end when asked may be killed. */
const patience = 2000;

/** Where an engine listens. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

export function spawnEngine(
  binary: string,
  { host, port }: EngineAddress,
  database: string | undefined,
): EngineProcess {
  const storage = database === undefined ? [] : ['--db-path', database];
  // A group of its own: Ctrl-C in the terminal must reach the host first, which still needs the engine to finish.
  const child = spawn(binary, ['serve', '--host', host, '--port', String(port), ...storage], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-keptCharacters);
  });
  let killer: NodeJS.Timeout | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      words = error.message;
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(killer);
      resolve(`engine ended with ${signal ?? `code ${code}`}${words ? `: ${words.trim()}` : ''}`);
    });
  });
  return {
    pid: child.pid,
    ended,
    lastWords: () => words.trim(),
    end: () => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), patience).unref();
    },
  };
}
