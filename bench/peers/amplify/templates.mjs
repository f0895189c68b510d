/** Request and response templates of AppSync's VTL, as Amplify's own transformer writes them. */
const tenant = '$ctx.request.headers["x-tenant-id"]';
const answer = (entity) => `#if($ctx.error) $util.error($ctx.error.message, $ctx.error.type) #end\n${entity}`;

/** Written so since `#0` in a text would be taken for a directive. */
const shard = `${tenant}.concat('#0')`;

const getItem = (key) =>
  `{ "version": "2018-05-29", "operation": "GetItem", "key": { ${key} }, "consistentRead": true }`;
const withShard = (template) => `#set($shard = ${shard})\n${template}`;

const query = (name, value, forward) => `#set($limit = $ctx.args.first + 1)
{ "version": "2018-05-29", "operation": "Query",
  "query": { "expression": "#partition = :partition", "expressionNames": { "#partition": "${name}" },
    "expressionValues": { ":partition": { "S": "${value}" } } },
  "limit": $limit, "scanIndexForward": ${forward} }`;

/** The item with its id under the name that the schema has for it. */
const item = (id) =>
  answer(`#if($util.isNull($ctx.result)) null #else
$util.qr($ctx.result.put("id", $ctx.result.get("${id}")))$util.toJson($ctx.result) #end`);

const connection = (id) =>
  answer(`#set($edges = [])
#foreach($item in $ctx.result.items)
  #if($edges.size() < $ctx.args.first)
    $util.qr($item.put("id", $item.get("${id}")))
    $util.qr($edges.add({ "cursor": $item.get("${id}"), "node": $item }))
  #end
#end
#set($more = $ctx.result.items.size() > $ctx.args.first)
$util.toJson({ "edges": $edges, "pageInfo": { "hasNextPage": $more, "hasPreviousPage": false } })`);

const ofTenant = `"tenantId": { "S": "${tenant}" }`;

/** By field of Query: its data source, request and response. */
export const templates = {
  product: {
    source: 'products',
    request: withShard(getItem('"shardId": { "S": "$shard" }, "productId": { "S": "$ctx.args.id" }')),
    response: item('productId'),
  },
  products: {
    source: 'products',
    request: withShard(query('shardId', '$shard', false)),
    response: connection('productId'),
  },
  orders: { source: 'orders', request: withShard(query('shardId', '$shard', false)), response: connection('orderId') },
  users: { source: 'users', request: query('tenantId', tenant, true), response: connection('userId') },
  me: {
    source: 'users',
    request: getItem(`${ofTenant}, "userId": { "S": "$ctx.request.headers["x-user-id"]" }`),
    response: item('userId'),
  },
  tenant: { source: 'tenants', request: getItem(ofTenant), response: item('tenantId') },
};
