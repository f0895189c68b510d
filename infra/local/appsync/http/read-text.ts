import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../errors.ts';

const maximumBytes = 1024 * 1024;

/** The body as text; one that is larger than AppSync takes is refused as soon as that is seen. */
export function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (): void => {
      request.removeAllListeners('data');
      reject(new AwsError('RequestEntityTooLargeException', `The body has more than ${maximumBytes} bytes.`, 413));
    };
    if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return refuse();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maximumBytes) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () =>
      resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8')),
    );
    request.on('error', () =>
      reject(new AwsError('MalformedHttpRequestException', 'The request ended before its body.')),
    );
  });
}
