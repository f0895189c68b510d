import type { Guard } from '../guard.ts';

const verify = 'infra/local/identity/signature/verify-signature.ts';
const sessions = 'infra/local/identity/sessions.ts';
const signatureTest = 'infra/local/identity/signature/signature.test.ts';
const frontDoorTest = 'infra/local/front-door/front-door.test.ts';
const modesTest = 'infra/local/appsync/authorization/authorization.test.ts';
const sessionToken = 'a session token cannot be left out, forged, or used with the key of another';

/** What the local cloud takes for whom, and from where. */
export const localCloudGuards: readonly Guard[] = [
  {
    name: 'the signature of a request (SigV4)',
    file: verify,
    find: ' || !timingSafeEqual(got, expected)) throw errors.mismatch();',
    replacement: ') throw errors.mismatch();',
    noticedBy: { test: signatureTest, named: 'refuses a wrong secret in the words of each protocol' },
  },
  {
    name: 'the body under the signature',
    file: verify,
    find: 'const actual = sha256(request.body);',
    replacement: "const actual = sha256('{}');",
    noticedBy: { test: signatureTest, named: 'refuses a changed body' },
  },
  {
    name: 'the headers that have to be under the signature',
    file: verify,
    find: 'if (request.headers[name] !== undefined && !claimed.signedHeaders.includes(name))',
    replacement: "if (name === '')",
    noticedBy: { test: signatureTest, named: 'refuses a target that is not under the signature' },
  },
  {
    name: 'the time of a signature',
    file: verify,
    find: 'if (signedAt < now - allowedSkew)',
    replacement: 'if (signedAt < 0)',
    noticedBy: { test: signatureTest, named: 'allows clocks to differ by fifteen minutes and no more' },
  },
  {
    name: 'the end of a presigned request',
    file: verify,
    find: 'if (now > signedAt + lifetime * 1000) throw errors.expiredUrl();',
    replacement: '',
    noticedBy: { test: signatureTest, named: 'takes a presigned request until it expires' },
  },
  {
    name: 'the MAC of a session token',
    file: sessions,
    find: ' || !timingSafeEqual(got, expected)) throw errors.badToken();',
    replacement: ') throw errors.badToken();',
    noticedBy: { test: signatureTest, named: sessionToken },
  },
  {
    name: 'the key that a session token belongs to',
    file: sessions,
    find: 'if (session.accessKeyId !== accessKeyId) throw errors.badToken();',
    replacement: '',
    noticedBy: { test: signatureTest, named: sessionToken },
  },
  {
    name: 'the end of a session',
    file: sessions,
    find: 'if (session.expiresAt <= clock.now())',
    replacement: 'if (session.expiresAt < 0)',
    noticedBy: {
      test: signatureTest,
      named: "a session's credentials are their principal until they expire, over a restart",
    },
  },
  {
    name: 'keys of AWS and of sessions, which are never the root user’s',
    file: 'infra/local/identity/authenticate.ts',
    find: 'const isRoot = !issuedKey.test(accessKeyId);',
    replacement: 'const isRoot = sessionToken === undefined;',
    noticedBy: {
      test: signatureTest,
      named: 'an id that only AWS or this cloud could have issued is never the root user',
    },
  },
  {
    name: 'the authorization mode of a field, by its directives',
    file: 'infra/local/appsync/authorization/field-modes.ts',
    find: 'if (onField) return onField;',
    replacement: '',
    noticedBy: {
      test: modesTest,
      named: 'who may have a field is by the field’s own directives, and by those of the type it returns',
    },
  },
  {
    name: 'fields that an authorizer denies, in AppSync',
    file: 'infra/local/appsync/execution/compile-api.ts',
    find: ' && !caller.deniedFields.has(coordinate)',
    replacement: '',
    noticedBy: {
      test: modesTest,
      named: 'who may have a field is not what the authorizer denies: the resolver does not run',
    },
  },
  {
    name: 'the policy that a signed caller of a field needs, in AppSync',
    file: 'infra/local/appsync/authorization/iam.ts',
    find: "identity.authorize(principal, 'appsync:GraphQL', resource);",
    replacement: '',
    noticedBy: {
      test: 'infra/local/appsync/clients.test.ts',
      named: 'a request signed for AppSync may have what its policies allow',
    },
  },
  {
    name: 'the loopback interface',
    file: 'infra/local/front-door/listen.ts',
    find: "door.listen(port, '127.0.0.1', resolve);",
    replacement: "door.listen(port, '0.0.0.0', resolve);",
    noticedBy: { test: frontDoorTest, part: 'infra/local', named: 'one port listens on the loopback interface only' },
  },
  {
    name: 'the Host header, against DNS rebinding',
    file: 'infra/local/front-door/index.ts',
    find: '    if (!isLocal(host)) throw foreignHost(request);\n',
    replacement: '    void foreignHost;\n',
    noticedBy: {
      test: frontDoorTest,
      part: 'infra/local',
      named: 'what is refused a Host header that is not local, as in DNS rebinding',
    },
  },
  {
    name: 'the inbox’s mails as text',
    file: 'infra/local/mail/route.ts',
    find: 'return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);',
    replacement: 'return text;',
    noticedBy: {
      test: frontDoorTest,
      part: 'infra/local',
      named: 'mail is listed newest first by address, as JSON and as a page that shows text and never runs it',
    },
  },
  {
    name: 'the firewall’s rate by address',
    file: 'infra/local/firewall/rate.ts',
    find: 'return this.#sum;',
    replacement: 'return 0;',
    noticedBy: {
      test: 'infra/local/firewall/firewall.test.ts',
      named: 'a rate by address lets its limit pass within the window, to each address, whatever API it asks',
    },
  },
];
