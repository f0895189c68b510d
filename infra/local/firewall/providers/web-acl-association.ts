import { AwsError } from '../../errors.ts';
import type { Collection, ResourceProvider } from '../../service.ts';
import type { Association, WebAcl } from '../model.ts';
import { associationProperties, read } from '../properties.ts';

/** AWS::WAFv2::WebACLAssociation */
export function webAclAssociationProvider(
  associations: Collection<Association>,
  webAcls: Collection<WebAcl>,
): ResourceProvider {
  return {
    type: 'AWS::WAFv2::WebACLAssociation',
    properties: Object.keys(associationProperties.shape),
    replacedBy: ['ResourceArn', 'WebACLArn'],
    async create({ properties }) {
      const { ResourceArn, WebACLArn } = read(associationProperties, 'WebACLAssociation', properties);
      if (!webAcls.has(WebACLArn))
        throw new AwsError('WAFNonexistentItemException', `There is no web ACL ${WebACLArn}`);
      await associations.put(ResourceArn, { webAclArn: WebACLArn });
      return { physicalId: `${ResourceArn}|${WebACLArn}`, attributes: {} };
    },
    // CloudFormation replaces it whatever changes, so nothing is left to update.
    update: ({ physicalId }) => Promise.resolve({ physicalId, attributes: {} }),
    async delete({ physicalId }) {
      const [resourceArn = '', webAclArn] = physicalId.split('|');
      // One that took this one's place is not its to end.
      if (associations.get(resourceArn)?.webAclArn === webAclArn) await associations.delete(resourceArn);
    },
  };
}
