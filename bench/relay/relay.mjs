/**
 * The least that a server on Node.js does before the engine: it sends on the requests that are in a request, one after the other, over connections that
 * stay open, and answers what the last one was answered. It authorizes nobody, knows no GraphQL and reads nothing of what it hands on.
 * Started with where the engine is, as JSON.
 */
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { engine } = JSON.parse(process.argv[2]);
const pool = new Pool(engine, { connections: 32 });

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    sendAll(JSON.parse(Buffer.concat(chunks).toString())).then(
      (answer) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
        response.end(answer);
      },
      (error) => {
        response.writeHead(502);
        response.end(String(error));
      },
    );
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` })));

async function sendAll(steps) {
  let answer;
  for (const step of steps) answer = await send(step);
  return answer;
}

/** By `dispatch`, as the local cloud itself asks the engine. */
function send({ headers, body }) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let status;
    pool.dispatch(
      { path: '/', method: 'POST', headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          const answer = Buffer.concat(chunks);
          if (status === 200) resolve(answer);
          else reject(new Error(`The engine answered ${status}: ${answer}`));
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
