import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../errors.ts';

const maximumBytes = 1024 * 1024;
/**
 * What is read to the end, and thrown away, before it is refused: a client that is still sending when the connection closes sees
 * a broken one and never the answer.
 */
const patientBytes = 16 * 1024 * 1024;

/** The body as text; one that is larger than AppSync takes is refused, by an answer that the client gets to read. */
export function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (): void => {
      request.removeAllListeners('data');
      reject(new AwsError('RequestEntityTooLargeException', `The body has more than ${maximumBytes} bytes.`, 413));
    };
    if (Number(request.headers['content-length'] ?? 0) > patientBytes) return refuse();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) chunks.push(chunk);
      else if (bytes > patientBytes) refuse();
      else chunks.length = 0;
    });
    request.on('end', () => {
      if (bytes > maximumBytes) return refuse();
      resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8'));
    });
    request.on('error', () =>
      reject(new AwsError('MalformedHttpRequestException', 'The request ended before its body.')),
    );
  });
}
