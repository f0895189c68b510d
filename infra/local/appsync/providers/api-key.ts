import { AwsError } from '../../errors.ts';
import type { Clock, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { Store } from '../store.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';

const daySeconds = 86_400;
const hourSeconds = 3_600;
const defaultDays = 7;
const maximumDays = 365;

/** AWS::AppSync::ApiKey */
export function apiKeyProvider(store: Store, clock: Clock): ResourceProvider {
  const write = async (id: string, properties: JsonObject, isNew: boolean): Promise<ResourceResult> => {
    const reader = new PropertyReader(properties, 'ApiKey');
    const { apiId } = store.api(reader.text('ApiId'));
    const nowSeconds = Math.floor(clock.now() / 1000);
    const description = reader.optionalText('Description');
    const expires = reader.integer('Expires', {
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      fallback: nowSeconds + defaultDays * daySeconds,
    });
    reader.done();
    // Expiry is checked where it is set; an unrelated update of an old key must not fail for it.
    if (isNew && (expires < nowSeconds + daySeconds - hourSeconds || expires > nowSeconds + maximumDays * daySeconds)) {
      const expected = `from 1 to ${maximumDays} days from now`;
      throw new AwsError('ApiKeyValidityOutOfBoundsException', `ApiKey.Expires is ${expires}: expected ${expected}`);
    }
    const onTheHour = Math.floor(expires / hourSeconds) * hourSeconds;
    await store.keys.put(id, { apiId, id, expires: onTheHour, ...(description !== undefined && { description }) });
    const arn = store.arn(apiId, `apikeys/${id}`);
    return { physicalId: arn, attributes: { ApiKey: id, ApiKeyId: id, Arn: arn } };
  };

  return {
    type: 'AWS::AppSync::ApiKey',
    properties: ['ApiId', 'Description', 'Expires'],
    replacedBy: ['ApiId'],
    create: ({ token, properties }) => write(`da2-${identifierOf(token, 'api-key')}`, properties, true),
    update: ({ physicalId, properties, previous }) =>
      write(idOf(physicalId), properties, properties['Expires'] !== previous['Expires']),
    delete: ({ physicalId }) => store.keys.delete(idOf(physicalId)),
  };
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
