import { describe, expect, test } from 'vitest';
import { evaluateBody, evaluateCall } from './testing/evaluate-call.ts';

type Case = readonly [expression: string, expected: unknown];

describe('encoding', () => {
  test.each<Case>([
    ["util.urlEncode('a b&c=d/é~*-._')", 'a+b%26c%3Dd%2F%C3%A9%7E*-._'],
    ['util.urlEncode("it\'s (a) test!")', 'it%27s+%28a%29+test%21'],
    ["util.urlDecode('a+b%26c%3Dd%2F%C3%A9')", 'a b&c=d/é'],
    ["util.base64Encode('')", ''],
    ["util.base64Encode('f')", 'Zg=='],
    ["util.base64Encode('fo')", 'Zm8='],
    ["util.base64Encode('foo')", 'Zm9v'],
    ["util.base64Encode('häuser €𝄞')", Buffer.from('häuser €𝄞').toString('base64')],
    ["util.base64Decode('Zm9v')", 'foo'],
    ["util.base64Decode('Zg==')", 'f'],
    ["util.base64Decode('Zg')", 'f'],
    [`util.base64Decode('${Buffer.from('häuser €𝄞').toString('base64')}')`, 'häuser €𝄞'],
    [`util.base64Decode('${Buffer.from([0x61, 0xff, 0x62]).toString('base64')}')`, 'a\ufffdb'],
    ['util.escapeJavaScript(\'say "hi"\')', 'say \\"hi\\"'],
    ['util.escapeJavaScript("it\'s a/b\\\\c")', "it\\'s a\\/b\\\\c"],
    ["util.escapeJavaScript('a\\tb\\nc')", 'a\\tb\\nc'],
    ["util.escapeJavaScript('é')", '\\u00E9'],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toBe(expected);
  });

  test.each(["util.base64Decode('a b')", "util.urlDecode('%E0%A4%A')", "util.urlEncode('\\uD800')"])(
    'refuses %s',
    (call) => {
      expect(() => evaluateCall(call)).toThrow();
    },
  );
});

describe('ids', () => {
  test('autoId is a version 4 UUID of the random bytes', () => {
    expect(evaluateCall('util.autoId()')).toBe('00010203-0405-4607-8809-0a0b0c0d0e0f');
  });

  test('autoUlid has the time first', () => {
    const ulid = String(evaluateCall('util.autoUlid()'));
    expect(ulid).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const time = [...ulid.slice(0, 10)].reduce(
      (sum, each) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(each),
      0,
    );
    expect(time).toBe(1_517_943_695_749);
  });

  test('autoKsuid has 27 characters and the time first', () => {
    const ksuid = String(evaluateCall('util.autoKsuid()'));
    expect(ksuid).toMatch(/^[0-9A-Za-z]{27}$/);
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const number = [...ksuid].reduce((sum, each) => sum * 62n + BigInt(digits.indexOf(each)), 0n);
    expect(Number(number >> 128n) + 1_400_000_000).toBe(1_517_943_695);
  });
});

describe('errors', () => {
  test('util.error ends the handler with message, type, data and info', () => {
    const { error, result, appendedErrors } = evaluateBody("util.error('a', 'B', { c: 1 }, { d: [2] }); return 1;");
    expect(error).toEqual({ message: 'a', type: 'B', data: { c: 1 }, errorInfo: { d: [2] } });
    expect([result, appendedErrors]).toEqual([null, []]);
  });

  test('util.error with a message alone', () => {
    expect(evaluateBody("util.error('a');").error).toEqual({ message: 'a', type: null, data: null, errorInfo: null });
  });

  test('util.appendError leaves the result', () => {
    const { error, result, appendedErrors } = evaluateBody(
      "util.appendError('a', 'B', 1, 2); util.appendError('c'); return 3;",
    );
    expect([error, result]).toEqual([undefined, 3]);
    expect(appendedErrors).toEqual([
      { message: 'a', type: 'B', data: 1, errorInfo: 2 },
      { message: 'c', type: null, data: null, errorInfo: null },
    ]);
  });

  test('util.unauthorized names the field', () => {
    const info = {
      fieldName: 'product',
      parentTypeName: 'Query',
      variables: {},
      selectionSetList: [],
      selectionSetGraphQL: '',
    };
    expect(evaluateBody('util.unauthorized();', { info }).error).toMatchObject({
      message: 'Not Authorized to access product on type Query',
      type: 'Unauthorized',
    });
  });
});

describe('util.str and util.math', () => {
  test.each<Case>([
    ["util.str.normalize('é', 'nfd').length", 2],
    ["util.str.normalize('e\\u0301', 'nfc').length", 1],
    ["util.str.normalize('ﬁ', 'nfkc')", 'fi'],
    ["util.str.normalize('ﬁ', 'nfkd')", 'fi'],
    ['util.math.roundNum(10.5)', 11],
    ['util.math.roundNum(-10.5)', -10],
    ['util.math.minVal(1, -2)', -2],
    ['util.math.maxVal(1, -2)', 1],
    ['util.math.randomDouble() < 1 && util.math.randomDouble() >= 0', true],
    ['util.math.randomWithinRange(5, 5)', 5],
    ['util.math.randomWithinRange(1, 3) >= 1 && util.math.randomWithinRange(1, 3) < 3', true],
    ['Math.random() < 1', true],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toBe(expected);
  });

  test.each(["util.str.normalize('a', 'nfx')", 'util.math.randomWithinRange(2, 1)'])('refuses %s', (call) => {
    expect(() => evaluateCall(call)).toThrow();
  });
});

describe('util.dynamodb', () => {
  test.each<Case>([
    ['util.dynamodb.toDynamoDB(null)', { NULL: null }],
    ['util.dynamodb.toDynamoDB(12345)', { N: 12345 }],
    ["util.dynamodb.toDynamoDB([1, 'a', [true]])", { L: [{ N: 1 }, { S: 'a' }, { L: [{ BOOL: true }] }] }],
    ["util.dynamodb.toString('test')", { S: 'test' }],
    ['util.dynamodb.toString(null)', null],
    ['util.dynamodb.toNumber(12345)', { N: 12345 }],
    ["util.dynamodb.toBinary('foo')", { B: 'foo' }],
    ['util.dynamodb.toBoolean(true)', { BOOL: true }],
    ['util.dynamodb.toStringSet(null)', null],
    [
      "util.dynamodb.toList(['foo', 123, { bar: 'baz' }])",
      { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] },
    ],
    ["util.dynamodb.toMapValues({ foo: 'bar', n: null })", { foo: { S: 'bar' }, n: { NULL: null } }],
    ["util.dynamodb.toMapValues({ tags: util.dynamodb.toStringSet(['a']) })", { tags: { SS: ['a'] } }],
    [
      "util.dynamodb.toS3Object('foo', 'bar', 'baz', 'beep')",
      { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz","version":"beep"}}' },
    ],
    [
      `util.dynamodb.fromS3ObjectJson('{"s3":{"key":"foo","bucket":"bar","region":"baz"}}')`,
      { key: 'foo', bucket: 'bar', region: 'baz' },
    ],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toEqual(expected);
  });

  test('refuses text that is no S3 object', () => {
    expect(() => evaluateCall("util.dynamodb.fromS3ObjectJson('x')")).toThrow('S3');
  });
});

describe('util.xml', () => {
  const posts =
    '<?xml version="1.0" encoding="UTF-8"?><posts><post><id>1</id><title>Getting started with GraphQL</title></post></posts>';

  test.each<Case>([
    [`util.xml.toMap('${posts}')`, { posts: { post: { id: 1, title: 'Getting started with GraphQL' } } }],
    [`util.xml.toJsonString('${posts}')`, '{"posts":{"post":{"id":1,"title":"Getting started with GraphQL"}}}'],
    [`util.xml.toJsonString('<a>1</a>', true)`, '"{\\"a\\":1}"'],
    [`util.xml.toMap('<a><b>1</b><b>x</b><b>true</b></a>')`, { a: { b: [1, 'x', true] } }],
    [`util.xml.toMap('<a b="1">text</a>')`, { a: { b: 1, content: 'text' } }],
    [`util.xml.toMap('<a/>')`, { a: '' }],
    [`util.xml.toMap('<a>&lt;b&gt; &amp; &#233;&#xe9;<![CDATA[<c>]]></a>')`, { a: '<b> & éé<c>' }],
    [`util.xml.toMap('<!-- c --><a><!-- d -->007</a>')`, { a: '007' }],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toEqual(expected);
  });

  test.each(['<a>', '<a></b>', 'text', '<a>&unknown;</a>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a b=1/>'])(
    'refuses %s',
    (text) => {
      expect(() => evaluateCall('util.xml.toMap(ctx.args.text)', { arguments: { text } })).toThrow('util.xml');
    },
  );
});

describe('util.http', () => {
  test('copyHeaders leaves out what belongs to the connection', () => {
    const headers = { Host: 'a', connection: 'b', 'content-length': '1', te: 'c', authorization: 'd', 'x-own': 'e' };
    const request = { headers, domainName: null };
    expect(evaluateCall('util.http.copyHeaders(ctx.request.headers)', { request })).toEqual({
      authorization: 'd',
      'x-own': 'e',
    });
  });

  test('response headers of any type, the last of a name', () => {
    const { responseHeaders, appendedErrors } = evaluateBody(
      "util.http.addResponseHeader('itemsCount', 7); util.http.addResponseHeaders({ itemsCount: 8, 'X-Map': { a: 1 } }); return {};",
    );
    expect(responseHeaders).toEqual({ itemscount: '8', 'x-map': '{"a":1}' });
    expect(appendedErrors).toEqual([]);
  });

  test.each([
    ...['Access-Control-Allow-Origin', 'Vary', 'content-type', 'x-amzn-requestid', 'X-Amz-Date', 'host', '', 'a b'],
  ])('the name %j is refused beside the result', (name) => {
    const { result, appendedErrors, responseHeaders } = evaluateBody(
      'util.http.addResponseHeader(ctx.args.name, 1); return 1;',
      { arguments: { name } },
    );
    expect(result).toBe(1);
    expect(responseHeaders).toEqual({});
    expect(appendedErrors).toEqual([expect.objectContaining({ type: 'ResponseHeaderError' })]);
  });

  test('a header without a value, or that would split the response, is refused', () => {
    const { appendedErrors } = evaluateBody(
      "util.http.addResponseHeader('a', null); util.http.addResponseHeader('b', 'c\\r\\nd: e'); return 1;",
    );
    expect(appendedErrors).toHaveLength(2);
  });

  test('4 KB in all', () => {
    const value = 'x'.repeat(4095);
    const { responseHeaders, appendedErrors } = evaluateBody(
      "util.http.addResponseHeader('a', ctx.args.value); util.http.addResponseHeader('b', ''); return 1;",
      { arguments: { value } },
    );
    expect(Object.keys(responseHeaders)).toEqual(['a']);
    expect(appendedErrors).toHaveLength(1);
  });
});

describe('what is refused by name', () => {
  test.each([
    ['util.transform.toElasticsearchQueryDSL({})', 'OpenSearch'],
    ["util.rds.toJsonObject('{}')", 'util.rds'],
  ])('%s', (expression, name) => {
    expect(() => evaluateCall(expression)).toThrow(name);
  });
});
