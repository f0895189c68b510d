import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

/**
 * Where people of one plane sign in: by e-mail, invited by an administrator, with a second factor where they want one. Users can
 * write their name and nothing that decides about rights.
 */
export class PeoplePool extends UserPool {
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: Pick<UserPoolProps, 'userInvitation'>) {
    super(scope, id, {
      ...props,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: false, mutable: true }, fullname: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 10,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: "A second factor is each person's choice (TOTP); a company may ask its people for it.",
      },
      {
        id: 'AwsSolutions-COG3',
        reason: "Threat protection needs the Plus plan, priced per user: an operator's decision.",
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Essentials plan has what is used (claims in access tokens); Plus is priced per user.',
      },
    );
    this.client = this.addClient('Web', {
      authFlows: { userSrp: true, userPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      readAttributes: new ClientAttributes().withStandardAttributes({
        email: true,
        emailVerified: true,
        fullname: true,
      }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    });
  }
}
