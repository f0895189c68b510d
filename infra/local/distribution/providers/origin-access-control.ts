import { AwsError } from '../../errors.ts';
import type { Collection, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { OriginAccessControl } from '../model.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';

/** AWS::CloudFront::OriginAccessControl, for S3, always signed. */
export function originAccessControlProvider(controls: Collection<OriginAccessControl>): ResourceProvider {
  const write = async (id: string, properties: JsonObject): Promise<ResourceResult> => {
    const config = new PropertyReader(properties, 'OriginAccessControl').object('OriginAccessControlConfig');
    if (!config) throw new AwsError('InvalidRequest', 'OriginAccessControlConfig is missing');
    const name = config.text('Name');
    config.oneOf('OriginAccessControlOriginType', ['s3']);
    config.oneOf('SigningBehavior', ['always']);
    config.oneOf('SigningProtocol', ['sigv4']);
    config.ignore('Description');
    config.done();
    if ([...controls.values()].some((other) => other.name === name && other.id !== id))
      throw new AwsError('OriginAccessControlAlreadyExists', `There is an origin access control ${name} already`, 409);
    await controls.put(id, { id, name });
    return { physicalId: id, attributes: { Id: id } };
  };
  return {
    type: 'AWS::CloudFront::OriginAccessControl',
    properties: ['OriginAccessControlConfig'],
    replacedBy: [],
    create: ({ token, properties }) => write(identifierOf(token), properties),
    update: ({ physicalId, properties }) => write(physicalId, properties),
    delete: ({ physicalId }) => controls.delete(physicalId),
  };
}
