/**
 * Whether synth checks what it makes: templates (cdk-nag, CloudFormation's own rules) and resolver code. The local cloud's start
 * leaves that out, since it takes longer than all else and the local cloud refuses bad code itself. `CDK_VALIDATION` is CDK's own variable.
 */
export const checksAreWanted = process.env['CDK_VALIDATION'] !== 'false';
