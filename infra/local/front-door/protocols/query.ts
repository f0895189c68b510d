import { AwsError } from '../../errors.ts';
import type { ApiService, Operation } from '../../service.ts';
import { escapeXml, xmlElement } from './xml.ts';

export interface QueryProtocolOptions {
  readonly signingName: string;
  /** The API's version, `2010-05-15`. */
  readonly version: string;
  /** XML namespace of the answers. */
  readonly namespace: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

type Tree = { [key: string]: Tree | string };

/**
 * AWS Query: a form with `Action`, answered in XML. `Tags.member.1.Key=a` decodes to `{Tags: [{Key: 'a'}]}`.
 * Source: Smithy, "AWS Query protocol".
 */
export function queryProtocol(options: QueryProtocolOptions): ApiService {
  const { signingName, version, namespace, operations } = options;
  const headers = { 'content-type': 'text/xml' };

  return {
    signingName,
    async handle(request) {
      const { requestId } = request.call;
      try {
        const form = new URLSearchParams(
          request.body.length > 0 ? request.body.toString('utf8') : request.query.toString(),
        );
        const action = form.get('Action') ?? '';
        const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
        if (!operation) {
          throw new AwsError(
            'InvalidAction',
            `Could not find operation ${action || '(no Action)'} for version ${version}`,
          );
        }
        const output = await operation(request.call, decodeForm(form) as never);
        const result = xmlElement(`${action}Result`, output ?? {});
        const body =
          `<${action}Response xmlns="${namespace}">${result}` +
          `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
        return { status: 200, headers, body };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        // The JSON protocols' name for it is longer.
        const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
        const body =
          `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`;
        return { status: error.status, headers, body };
      }
    },
  };
}

/** Builds the nested input of a form; exported for its test. */
export function decodeForm(form: URLSearchParams): unknown {
  const root: Tree = Object.create(null) as Tree;
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue;
    const path = name.split('.');
    const last = path.pop() as string;
    let node = root;
    for (const part of path) {
      const next = node[part];
      if (typeof next === 'object') node = next;
      else node = node[part] = Object.create(null) as Tree;
    }
    node[last] = value;
  }
  return foldLists(root);
}

function foldLists(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const keys = Object.keys(node);
  const member = node['member'];
  if (keys.length === 1 && typeof member === 'object') {
    return Object.keys(member)
      .sort((left, right) => Number(left) - Number(right))
      .map((index) => foldLists(member[index] as Tree | string));
  }
  // An empty list is sent as `Name=` by some clients: it stays an empty string, which operations read as absent.
  return Object.fromEntries(keys.map((key) => [key, foldLists(node[key] as Tree | string)]));
}
