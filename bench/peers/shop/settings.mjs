/**
 * What `npm run bench` tells a peer: `{engine, region, tables: {products, orders, users, tenants}, schema: [FILE, …]}`, as JSON in the first
 * argument. A peer says where it is by one line of JSON: `{"url": "http://…"}`.
 */
export function readSettings() {
  const [, , text] = process.argv;
  if (text === undefined) throw new Error('A peer is started by `npm run bench -- --peers`: its settings are missing');
  return JSON.parse(text);
}

export function announce(url) {
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}
